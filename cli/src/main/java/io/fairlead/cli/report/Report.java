package io.fairlead.cli.report;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the agents did and cost.
 *
 * @param sessions by start
 * @param openTurns turns that are known to have begun and not to have ended; they are not in any
 *     number
 */
public record Report(List<SessionTotals> sessions, int openTurns) {

  public Report {
    sessions = List.copyOf(sessions);
  }

  /** Everything together. */
  public Totals all() {
    Totals all = new Totals();
    sessions.forEach(session -> session.days().values().forEach(all::add));
    return all;
  }

  /** By day, UTC. */
  public SortedMap<LocalDate, Totals> days() {
    SortedMap<LocalDate, Totals> days = new TreeMap<>();
    for (SessionTotals session : sessions) {
      session
          .days()
          .forEach((day, totals) -> days.computeIfAbsent(day, d -> new Totals()).add(totals));
    }
    return days;
  }
}
