package io.fairlead.cli.report;

import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the agents did, by session. Its memory is bounded by the number of sessions, models
 * and tools, not by the number of events.
 *
 * <p>Read {@link #report} after the kernel was flushed.
 */
public final class ReportAggregator implements Subscriber {

  /** Name it is registered under. */
  public static final String NAME = "report";

  private static final Settings SETTINGS =
      new Settings(2_048, java.time.Duration.ZERO, java.time.Duration.ZERO, true);
  private static final int MOST_SESSIONS = 100_000;
  private static final SessionKey BEYOND = new SessionKey("other", "other", null, null);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Map<SessionKey, SessionTotals> sessions = new LinkedHashMap<>();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public synchronized DeliveryResult deliver(List<Event> events) {
    events.forEach(this::add);
    return DeliveryResult.done(events.size());
  }

  private void add(Event event) {
    if (event instanceof ScopeEnd end) {
      addScope(end);
    } else if (event instanceof UsageReported usage) {
      totals(usage.header(), usage.header().timeNanos()).addReport(usage);
    } else if (event instanceof Mark mark) {
      addMark(mark);
    }
  }

  private void addMark(Mark mark) {
    long time = mark.header().timeNanos();
    if (mark.header().name().equals(Mark.SESSION_ENDED)) {
      session(mark.header(), time).endedAt(time);
    } else if (mark.header().name().equals(Mark.SESSION_STARTED)) {
      session(mark.header(), time);
    }
  }

  private void addScope(ScopeEnd end) {
    // A scope belongs to the day it ended: what it used was used by then.
    boolean failed = end.outcome().isError();
    if (end.profile() instanceof LlmProfile call) {
      scopeTotals(end).addCall(call, failed);
    } else if (end.profile() instanceof ToolProfile tool) {
      scopeTotals(end).addTool(tool.toolName(), failed);
    } else if (end.category() == ScopeCategory.AGENT) {
      addAgent(end);
    }
  }

  private void addAgent(ScopeEnd end) {
    Totals totals = scopeTotals(end);
    boolean turn =
        end.profile() instanceof AgentProfile agent
            ? agent.turnKind() != AgentProfile.TurnKind.INTERNAL
            : end.start().isTraceRoot();
    if (turn) {
      totals.addTurn();
      long start = end.start().header().timeNanos();
      session(end.header(), start).seeTurn(start);
    }
  }

  private Totals scopeTotals(ScopeEnd end) {
    return totals(end.header(), end.start().header().timeNanos());
  }

  private Totals totals(EventHeader header, long fromNanos) {
    return session(header, fromNanos).day(day(header.timeNanos()));
  }

  private SessionTotals session(EventHeader header, long fromNanos) {
    SessionKey key = SessionKey.of(header.origin());
    SessionKey kept = sessions.containsKey(key) || sessions.size() < MOST_SESSIONS ? key : BEYOND;
    SessionTotals session = sessions.computeIfAbsent(kept, SessionTotals::new);
    session.see(header.origin(), fromNanos, header.timeNanos());
    return session;
  }

  static LocalDate day(long nanos) {
    return LocalDate.ofEpochDay(Math.floorDiv(Math.floorDiv(nanos, NANOS_PER_SECOND), 86_400L));
  }

  /**
   * What was added up so far.
   *
   * @param sinceNanos sessions without anything at or after this moment are left out; null: none
   *     are
   * @param openTurns turns that are known to have begun and not to have ended
   */
  public synchronized Report report(@Nullable Long sinceNanos, int openTurns) {
    List<SessionTotals> shown =
        sessions.values().stream()
            .filter(session -> sinceNanos == null || session.lastActivityNanos() >= sinceNanos)
            .sorted(
                Comparator.comparingLong(SessionTotals::orderNanos)
                    .thenComparing(
                        SessionTotals::sessionId, Comparator.nullsLast(Comparator.naturalOrder())))
            .toList();
    return new Report(shown, openTurns);
  }
}
