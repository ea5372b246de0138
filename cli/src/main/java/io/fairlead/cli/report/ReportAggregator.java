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
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the agents did, by session. Its memory is bounded by the number of models and tools,
 * neither by that of events nor by that of sessions: numbers of more than a few thousand sessions
 * wait in a temporary file.
 *
 * <p>Read {@link #report} after the kernel was flushed.
 */
public final class ReportAggregator implements Subscriber, AutoCloseable {

  /** Name it is registered under. */
  public static final String NAME = "report";

  private static final Settings SETTINGS =
      new Settings(2_048, java.time.Duration.ZERO, java.time.Duration.ZERO, true);
  private static final int MOST_IN_MEMORY = 2_048;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Sessions sessions;
  private @Nullable UncheckedIOException failure;

  /** Nothing yet. */
  public ReportAggregator() {
    this(MOST_IN_MEMORY);
  }

  /**
   * @param mostInMemory how many sessions are held in memory
   */
  ReportAggregator(int mostInMemory) {
    sessions = new Sessions(mostInMemory);
  }

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
    // What was half added cannot be tried again: the failure is told instead of a wrong report.
    if (failure == null) {
      try {
        events.forEach(this::add);
      } catch (UncheckedIOException e) {
        failure = e;
      }
    }
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
    SessionTotals session = sessions.of(header.origin());
    session.see(header.origin(), fromNanos, header.timeNanos());
    return session;
  }

  static LocalDate day(long nanos) {
    return LocalDate.ofEpochDay(Math.floorDiv(Math.floorDiv(nanos, NANOS_PER_SECOND), 86_400L));
  }

  /**
   * What was added up so far; to be read before more is delivered or this is closed.
   *
   * @param sinceNanos sessions without anything at or after this moment are left out; null: none
   *     are
   * @param openTurns turns that are known to have begun and not to have ended
   * @throws UncheckedIOException when there was no room for the numbers
   */
  public synchronized Report report(@Nullable Long sinceNanos, int openTurns) {
    if (failure != null) {
      throw failure;
    }
    long since = sinceNanos == null ? Long.MIN_VALUE : sinceNanos;
    return new Report(visitor -> forEach(since, visitor), openTurns);
  }

  private synchronized void forEach(long sinceNanos, Consumer<SessionTotals> visitor) {
    sessions.forEach(sinceNanos, visitor);
  }

  /** Gives up the numbers. */
  @Override
  public synchronized void close() {
    sessions.close();
  }
}
