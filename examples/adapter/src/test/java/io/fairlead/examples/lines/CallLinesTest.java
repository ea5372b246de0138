package io.fairlead.examples.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.RecordingSink;
import io.fairlead.testkit.RuntimeAdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLinesTest extends RuntimeAdapterContract {

  @TempDir Path directory;

  @Override
  protected RuntimeAdapter adapter() throws IOException {
    return adapter(
        """
        t1 2026-11-21T12:00:00Z 2026-11-21T12:00:02Z gpt-4o-mini 1000 200
        not a line
        t2 2026-11-21T12:01:00Z 2026-11-21T12:01:01Z gpt-4o-mini 10 2
        t3 2026-11-21T12:02:00Z 2026-""");
  }

  private RuntimeAdapter adapter(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("calls.txt"), text);
    return new CallLines(file, new RecordingDiagnostics());
  }

  @Test
  void aHalfWrittenLineWaits() throws Exception {
    RecordingSink sink = new RecordingSink();
    try (RuntimeAdapter adapter = adapter()) {
      adapter.start(sink.state());
      adapter.poll(sink);
      assertThat(sink.events()).hasSize(8);
      adapter.poll(sink);
      assertThat(sink.events()).hasSize(8);
    }
  }
}
