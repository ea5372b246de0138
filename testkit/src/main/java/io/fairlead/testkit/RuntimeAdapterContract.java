package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.testkit.RecordingSink.SimulatedCrash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What the kernel expects of a {@link RuntimeAdapter} over a source that stays as it is: the same
 * events every time, each of them once, whatever happens between two commits.
 */
public abstract class RuntimeAdapterContract {

  private static final int IDLE_POLLS = 4;
  private static final int MOST_POLLS = 10_000;

  /**
   * A new adapter, not started, that reads everything of a source. Each call gives one over the
   * same, unchanged content, of at least one finished turn.
   */
  protected abstract RuntimeAdapter adapter() throws Exception;

  /** Called between two polls: the place to move a manual clock on. */
  protected void betweenPolls() {}

  @Test
  void eventsFormWholeTraces() throws Exception {
    List<Event> events = readAll(new RecordingSink());
    assertThat(events).isNotEmpty();
    Set<UUID> started = new HashSet<>();
    Set<UUID> ended = new HashSet<>();
    for (Event event : events) {
      UUID uuid = event.header().uuid();
      if (event instanceof ScopeStart) {
        assertThat(started.add(uuid)).as("%s starts twice", uuid).isTrue();
      } else if (event instanceof ScopeEnd) {
        assertThat(ended.add(uuid)).as("%s ends twice", uuid).isTrue();
      }
      assertThat(ended.contains(event.header().traceRoot()) && !isEndOfRoot(event))
          .as("%s comes after the end of its root", uuid)
          .isFalse();
    }
  }

  private static boolean isEndOfRoot(Event event) {
    return event instanceof ScopeEnd end && end.start().isTraceRoot();
  }

  @Test
  void readingTwiceGivesTheSameEvents() throws Exception {
    assertThat(readAll(new RecordingSink())).isEqualTo(readAll(new RecordingSink()));
  }

  @Test
  void aRestartRepeatsNothing() throws Exception {
    RecordingSink sink = new RecordingSink();
    List<Event> events = readAll(sink);
    assertThat(readAll(sink)).isEqualTo(events);
  }

  @Test
  void aCrashAtAnyCommitLosesAndRepeatsNothing() throws Exception {
    RecordingSink undisturbed = new RecordingSink();
    List<Event> expected = readAll(undisturbed);
    for (int commit = 1; commit <= undisturbed.commits(); commit++) {
      RecordingSink sink = new RecordingSink();
      sink.crashAtCommit(commit);
      assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(() -> readAll(sink));
      assertThat(readAll(sink))
          .as("after a crash at commit %d of %d", commit, undisturbed.commits())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void closeIsSafeWithoutStartAndTwice() throws Exception {
    RuntimeAdapter unused = adapter();
    unused.close();
    unused.close();

    ThreadLeaks leaks = ThreadLeaks.watch();
    RuntimeAdapter used = adapter();
    used.start(new InMemoryState());
    used.poll(new RecordingSink());
    used.close();
    used.close();
    leaks.assertNone();
  }

  /** Runs a new adapter until it has nothing more to say; returns all the sink has taken. */
  private List<Event> readAll(RecordingSink sink) throws Exception {
    try (RuntimeAdapter adapter = adapter()) {
      adapter.start(sink.state());
      int idle = 0;
      for (int polls = 0; idle < IDLE_POLLS; polls++) {
        assertThat(polls).as("polls that still say there is more").isLessThan(MOST_POLLS);
        idle = adapter.poll(sink).more() ? 0 : idle + 1;
        betweenPolls();
      }
    }
    return sink.events();
  }
}
