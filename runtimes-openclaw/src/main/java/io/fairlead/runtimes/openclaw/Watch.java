package io.fairlead.runtimes.openclaw;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What earlier looks at a session found. */
final class Watch {

  /** Complete turns that are not given yet, with the time of their last line. */
  private Map<String, Long> complete = Map.of();

  private int looks;
  private int unsettled;
  private boolean waits;

  /** Whether a turn was complete at an earlier look and nothing was added to it since. */
  boolean wasComplete(Turn turn) {
    return Long.valueOf(turn.endNanos()).equals(complete.get(turn.key()));
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
