package io.fairlead.runtimes.openclaw;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What earlier looks at a session found. */
final class Watch {

  /** Complete turns that are not given yet, with the time of their last line. */
  private Map<String, Long> complete = Map.of();

  /** Where the session ended when something was added to it last, and when that was seen. */
  private long end = Row.NO_TIME;

  private int rows = -1;
  private Instant grew = Instant.MIN;
  private int looks;
  private int unsettled;
  private boolean waits;

  /** Whether a turn was complete at an earlier look and nothing was added to it since. */
  boolean wasComplete(Turn turn) {
    return Long.valueOf(turn.endNanos()).equals(complete.get(turn.key()));
  }

  /** Takes note of how far the session goes now. */
  void sees(Transcript transcript, Instant now) {
    List<Row> lines = transcript.rows();
    long last = lines.isEmpty() ? Row.NO_TIME : lines.get(lines.size() - 1).timeNanos();
    if (rows != lines.size() || end != last) {
      rows = lines.size();
      end = last;
      grew = now;
    }
  }

  /** Since when nothing was added to the session. */
  Instant grew() {
    return grew;
  }

  /**
   * Remembers a look.
   *
   * @param completeTurns turns that are complete and not given yet
   * @param unsettledTurns how many turns are not given yet
   */
  void looked(Set<Turn> completeTurns, int unsettledTurns) {
    Map<String, Long> ends = new HashMap<>();
    completeTurns.forEach(turn -> ends.put(turn.key(), turn.endNanos()));
    complete = ends;
    unsettled = unsettledTurns;
    waits = !ends.isEmpty();
    looks++;
  }

  int looks() {
    return looks;
  }

  int unsettled() {
    return unsettled;
  }

  /** Whether there is something to give at the next look. */
  boolean waits() {
    return waits;
  }
}
