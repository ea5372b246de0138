package io.fairlead.cli.report;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the agents did and cost. Sessions are given one after the other, since there may be more
 * than fit into memory; the sums are there at once.
 */
public final class Report {

  private final Consumer<Consumer<SessionTotals>> sessions;
  private final int openTurns;
  private final Totals all = new Totals();
  private final SortedMap<LocalDate, Totals> days = new TreeMap<>();
  private long count;

  /**
   * Adds up sessions.
   *
   * @param sessions gives the same sessions by start, each time it is asked
   * @param openTurns turns that are known to have begun and not to have ended; they are not in any
   *     number
   */
  Report(Consumer<Consumer<SessionTotals>> sessions, int openTurns) {
    this.sessions = sessions;
    this.openTurns = openTurns;
    sessions.accept(this::add);
  }

  private void add(SessionTotals session) {
    count++;
    session
        .days()
        .forEach(
            (day, totals) -> {
              all.add(totals);
              days.computeIfAbsent(day, d -> new Totals()).add(totals);
            });
  }

  /** Gives the sessions by start. May be called again. */
  public void forEachSession(Consumer<SessionTotals> visitor) {
    sessions.accept(visitor);
  }

  /** How many sessions there are. */
  public long sessionCount() {
    return count;
  }

  /** Turns that are known to have begun and not to have ended. */
  public int openTurns() {
    return openTurns;
  }

  /** Everything together. */
  public Totals all() {
    return all;
  }

  /** By day, UTC. */
  public SortedMap<LocalDate, Totals> days() {
    return Collections.unmodifiableSortedMap(days);
  }
}
