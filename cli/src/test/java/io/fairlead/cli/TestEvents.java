package io.fairlead.cli;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of one session. */
public final class TestEvents {

  public static final Outcome FAILED = Outcome.error("rate_limit", null);

  private final Origin origin;
  private int sequence;

  public TestEvents(String session, @Nullable String parent, @Nullable Instant start) {
    origin =
        new Origin(
            "hermes",
            "hermes",
            "hermes",
            session,
            parent,
            null,
            start == null ? Origin.UNKNOWN_TIME : nanos(start));
  }

  public ScopeEnd turn(TurnKind kind, Instant start, Instant end) {
    return scope(ScopeCategory.AGENT, AgentProfile.of("hermes", kind), Outcome.UNSET, start, end);
  }

  public ScopeEnd call(LlmProfile call, Outcome outcome, Instant end) {
    return scope(ScopeCategory.LLM, call, outcome, end.minusSeconds(1), end);
  }

  public ScopeEnd tool(String name, Outcome outcome, Instant end) {
    return scope(
        ScopeCategory.TOOL,
        new ToolProfile(name, null, null, true),
        outcome,
        end.minusSeconds(1),
        end);
  }

  public UsageReported usage(
      String model,
      long calls,
      @Nullable TokenUsage usage,
      @Nullable Cost cost,
      long unpriced,
      Instant time) {
    return new UsageReported(header(time), "custom", model, null, calls, usage, cost, unpriced);
  }

  /** The mark of the session's start, at that start. */
  public Mark started() {
    UUID id = StableIds.uuid(String.valueOf(sequence++));
    long time = origin.sessionStartNanos();
    return new Mark(new EventHeader(id, null, id, time, Mark.SESSION_STARTED, origin));
  }

  public Mark ended(Instant time) {
    UUID id = StableIds.uuid(String.valueOf(sequence++));
    return new Mark(new EventHeader(id, null, id, nanos(time), Mark.SESSION_ENDED, origin));
  }

  public static LlmProfile.Builder model(String model) {
    return LlmProfile.builder().provider("custom").responseModel(model);
  }

  public static Cost usd(String amount, Cost.Status status) {
    return new Cost(new BigDecimal(amount), "USD", status, Cost.Source.RUNTIME);
  }

  private ScopeEnd scope(
      ScopeCategory category, Profile profile, Outcome outcome, Instant start, Instant end) {
    EventHeader header = header(start);
    return new ScopeEnd(
        header.at(nanos(end), null),
        new ScopeStart(header, category, List.of(), null, List.of()),
        profile,
        outcome,
        TimeQuality.EXACT,
        false);
  }

  private EventHeader header(Instant time) {
    UUID id = StableIds.uuid(String.valueOf(origin.sessionId()), String.valueOf(sequence++));
    return new EventHeader(id, null, id, nanos(time), "thing", origin);
  }

  public static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
