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
  private boolean holds;
  private long pause = Rows.NO_TIME;

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

  /**
   * Remembers a turn that goes on.
   *
   * @param pauseNanos its latest pause
   * @param holdsBack whether something before that pause is held back
   */
  void held(long pauseNanos, boolean holdsBack) {
    pause = pauseNanos;
    holds = holdsBack;
  }

  /** The latest pause of the turn that goes on at the last look, so every source was read since. */
  long pause() {
    return pause;
  }

  /** Whether finished calls and tools of a turn that goes on are held back. */
  boolean holds() {
    return holds;
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
