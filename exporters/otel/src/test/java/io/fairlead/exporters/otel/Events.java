package io.fairlead.exporters.otel;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.LlmProfile.Counting;
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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events for tests: one turn with a call and a tool. */
public final class Events {

  public static final long T0 = 1_772_359_200_000_000_000L;
  private static final UUID ROOT = StableIds.uuid("test", "root");
  private static final Origin ORIGIN =
      new Origin("hermes", "hermes", "main", "sess-1", null, null, Origin.UNKNOWN_TIME);

  private Events() {}

  public static ScopeEnd turn(String key) {
    return turn(key, Outcome.UNSET);
  }

  public static ScopeEnd turn(String key, Outcome outcome) {
    UUID uuid = key.isEmpty() ? ROOT : StableIds.uuid("test", key);
    return end(
        new EventHeader(uuid, null, uuid, T0, "main", ORIGIN),
        ScopeCategory.AGENT,
        AgentProfile.of("main", TurnKind.USER),
        outcome,
        5_000_000_000L);
  }

  public static ScopeEnd call(String key, LlmProfile profile, Outcome outcome) {
    return end(
        child(key, "openai", T0 + 1_000_000), ScopeCategory.LLM, profile, outcome, 1_500_000_000L);
  }

  public static LlmProfile.Builder llm() {
    return LlmProfile.builder()
        .provider("azure")
        .requestModel("gpt-4o-mini")
        .responseModel("gpt-4o-mini-2024-07-18")
        .responseId("resp-1")
        .finishReasons(List.of("stop"))
        .server("api.example.test", 443)
        .attempt(1)
        .streaming(true)
        .usage(TokenUsage.of(100, 1000, 50, 40, 10))
        .cost(cost("0.0123"));
  }

  public static LlmProfile counted(Counting counting) {
    return llm().counting(counting).build();
  }

  public static Cost cost(String amount) {
    return new Cost(new BigDecimal(amount), "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG);
  }

  public static ScopeEnd tool(String key, String name, Outcome outcome) {
    return end(
        child(key, name, T0 + 2_000_000_000L),
        ScopeCategory.TOOL,
        new ToolProfile(name, "call_1", null, true),
        outcome,
        250_000_000L);
  }

  public static UsageReported report(
      String key, long calls, @Nullable TokenUsage usage, @Nullable Cost cost, long unpriced) {
    return new UsageReported(
        child(key, "usage", T0 + 3_000_000_000L),
        "anthropic",
        "claude",
        "title_generation",
        calls,
        usage,
        cost,
        unpriced);
  }

  public static EventHeader child(String key, String name, long time) {
    return new EventHeader(StableIds.uuid("test", key), ROOT, ROOT, time, name, ORIGIN);
  }

  public static ScopeEnd end(
      EventHeader start,
      ScopeCategory category,
      @Nullable Profile profile,
      Outcome outcome,
      long nanos) {
    return new ScopeEnd(
        start.at(start.timeNanos() + nanos, null),
        new ScopeStart(start, category, profile),
        profile,
        outcome,
        TimeQuality.EXACT,
        false);
  }
}
