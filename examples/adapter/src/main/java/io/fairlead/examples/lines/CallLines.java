package io.fairlead.examples.lines;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads whole lines; what it has read is in its state and nowhere else. */
final class CallLines implements RuntimeAdapter {

  private static final String OFFSET = "offset";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_BYTES = 64 * 1024;

  private final Path file;
  private final DiagnosticSink diagnostics;
  private long offset;

  CallLines(Path file, DiagnosticSink diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  @Override
  public void start(SourceState state) {
    byte[] saved = state.get(OFFSET);
    offset = saved == null ? 0 : Long.parseLong(new String(saved, StandardCharsets.US_ASCII));
  }

  @Override
  public Poll poll(SourceSink sink) throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      diagnostics.warn("call_lines.file_missing", "There is no file " + file + ".");
      return Poll.unread(PAUSE, 0);
    }
    String text = wholeLines();
    long next = offset + text.length();
    if (next == offset) {
      return Poll.idle(PAUSE, 0);
    }
    List<Event> events = text.lines().flatMap(this::events).toList();
    sink.commit(events, Map.of(OFFSET, Long.toString(next).getBytes(StandardCharsets.US_ASCII)));
    offset = next;
    return Poll.again(0);
  }

  /** A byte is a character here, so that lengths are offsets; the fields are ASCII. */
  private String wholeLines() throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(offset);
      byte[] bytes = new byte[(int) Math.max(Math.min(in.length() - offset, MOST_BYTES), 0)];
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int end = text.lastIndexOf('\n') + 1;
      return end == 0 && bytes.length == MOST_BYTES ? text : text.substring(0, end);
    }
  }

  private Stream<Event> events(String line) {
    try {
      return CallLine.parse(line).events().stream();
    } catch (RuntimeException e) { // whatever is wrong with it, the lines after it are read
      diagnostics.warn("call_lines.bad_line", "A line is not understood: skipped.");
      return Stream.empty();
    }
  }
}
