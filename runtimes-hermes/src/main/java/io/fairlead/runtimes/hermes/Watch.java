package io.fairlead.runtimes.hermes;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What earlier looks at a session found. */
final class Watch {

  private Set<String> complete = new HashSet<>();
  private int looks;
  private int unsettled;
  private boolean waits;

  /** Whether a turn was complete at an earlier look, so that every source was read since. */
  boolean wasComplete(Turn turn) {
    return complete.contains(turn.key());
  }

  /**
   * Remembers a look.
   *
   * @param completeTurns keys of turns that are complete and not given yet
   * @param unsettledTurns how many turns are not given yet
   * @param looksAgain whether there is something to give at the next look
   */
  void looked(Collection<String> completeTurns, int unsettledTurns, boolean looksAgain) {
    complete = new HashSet<>(completeTurns);
    unsettled = unsettledTurns;
    waits = looksAgain;
    looks++;
  }

  int looks() {
    return looks;
  }

  int unsettled() {
    return unsettled;
  }

  boolean waits() {
    return waits;
  }
}
