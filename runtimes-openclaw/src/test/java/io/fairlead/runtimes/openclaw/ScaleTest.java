package io.fairlead.runtimes.openclaw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.RecordingSink;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many sessions; {@code -Dfairlead.scale=100000} for as many as are promised. */
class ScaleTest {

  private static final int SESSIONS = Integer.getInteger("fairlead.scale", 2000);
  private static final String RECORDED = "4544e23b-5931-49ba-8a0b-6f2105f4aaf6";
  private static final String ID = "printf('%08x-0000-4000-8000-000000000000', value)";

  @TempDir Path dir;

  @Test
  void everySessionOfALargeStoreIsReadOnce() throws Exception {
    try (HomeBuilder home = new HomeBuilder(dir)) {
      String numbers =
          "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < "
              + SESSIONS
              + ") ";
      home.execute(
          "INSERT INTO session_nodes (session_key, current_session_id, entry_json, updated_at) "
              + numbers
              + "SELECT 'agent:main:' || value, "
              + ID
              + ", '{}', 1 FROM n");
      home.execute(
          "INSERT INTO session_windows (session_id, session_key, created_at, updated_at, status) "
              + numbers
              + "SELECT "
              + ID
              + ", 'agent:main:' || value, 1, 1, 'done' FROM n");
      home.execute(
          "INSERT INTO transcript_events (session_id, seq, event_json, created_at) "
              + numbers
              + "SELECT "
              + ID
              + ", seq, event_json, created_at FROM n CROSS JOIN recorded.transcript_events WHERE"
              + " session_id = '"
              + RECORDED
              + "'");
      Counter counter = read();
      assertThat(counter.ends).isEqualTo(12L * SESSIONS);
      assertThat(counter.largest).isLessThan(20_000);
    }
  }

  @Test
  void everyFileOfALargeDirectoryIsReadOnce() throws Exception {
    Path sessions = Files.createDirectories(dir.resolve("agents/main/sessions"));
    byte[] recorded =
        Files.readAllBytes(
            Rig.resource("files/agents/main/sessions/d3062a98-c816-48a5-9b3d-e0a08cea9a6c.jsonl"));
    for (int i = 0; i < SESSIONS; i++) {
      Files.write(
          sessions.resolve(String.format("%08x-0000-4000-8000-000000000000.jsonl", i)), recorded);
    }
    assertThat(read().ends).isEqualTo(12L * SESSIONS);
  }

  private Counter read() throws Exception {
    OpenClawAdapterProvider provider = new OpenClawAdapterProvider();
    Counter counter = new Counter();
    try (RuntimeAdapter adapter =
        provider.create(
            TestContext.of(provider, Tables.table("home", dir.toString()))
                .withClock(ManualClock.at("2026-11-21T12:00:00Z"))
                .readingEverything())) {
      adapter.start(counter.state.state());
      while (adapter.poll(counter).more()) {
        assertThat(counter.ends).isLessThanOrEqualTo(12L * SESSIONS);
      }
    }
    return counter;
  }

  /** Counts events instead of keeping them. */
  private static final class Counter implements SourceSink {
    private final RecordingSink state = new RecordingSink();
    private long ends;
    private int largest;

    @Override
    public void commit(List<Event> events, Map<String, byte @Nullable []> changes)
        throws InterruptedException {
      ends += events.stream().filter(ScopeEnd.class::isInstance).count();
      largest = Math.max(largest, events.size());
      state.commit(List.of(), changes);
    }
  }
}
