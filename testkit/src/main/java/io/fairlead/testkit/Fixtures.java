package io.fairlead.testkit;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One small turn that is always the same, for tests that need something plain to look at. */
public final class Fixtures {

  /** When the turn begins: 2026-03-01T10:00:00Z. */
  public static final long START_NANOS = 1_772_359_200_000_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final Origin ORIGIN =
      new Origin("jvm", "jvm", "travel-agent", "session-1", null, null, START_NANOS);
  private static final UUID TURN = id("turn");

  private Fixtures() {}

  /**
   * A turn of the agent {@code travel-agent} in session {@code session-1}: a model call of two
   * seconds (100 tokens in, 20 of them from the cache, 11 out, 0.0012 USD), then the tool {@code
   * search}, which fails after a second. Starts and ends, the turn's end last.
   */
  public static List<Event> turn() {
    ScopeStart turn =
        start(
            TURN,
            null,
            0,
            "travel-agent",
            ScopeCategory.AGENT,
            AgentProfile.of("travel-agent", TurnKind.USER));
    ScopeStart call = start(id("call"), TURN, 1, "openai", ScopeCategory.LLM, asked());
    ScopeStart tool =
        start(
            id("tool"),
            TURN,
            4,
            "search",
            ScopeCategory.TOOL,
            new ToolProfile("search", "call_1", null, false));
    return List.of(
        turn,
        call,
        end(call, 3, answered(), Outcome.UNSET),
        tool,
        end(
            tool,
            5,
            new ToolProfile("search", "call_1", 1, true),
            Outcome.error("exit_code", "exit code 1")),
        end(turn, 6, turn.profile(), Outcome.UNSET));
  }

  private static LlmProfile asked() {
    return LlmProfile.builder()
        .provider("openai")
        .requestModel("gpt-4o-mini")
        .server("api.openai.com", 443)
        .attempt(1)
        .streaming(false)
        .build();
  }

  private static LlmProfile answered() {
    return asked().toBuilder()
        .responseModel("gpt-4o-mini-2024-07-18")
        .responseId("chatcmpl-1")
        .finishReasons(List.of("tool_call"))
        .usage(TokenUsage.of(80, 20, 0, 11, 0))
        .cost(new Cost(new BigDecimal("0.0012"), "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG))
        .build();
  }

  private static UUID id(String key) {
    return StableIds.uuid("jvm", "session-1", "fixture", key);
  }

  private static ScopeStart start(
      UUID uuid,
      @Nullable UUID parent,
      int second,
      String name,
      ScopeCategory category,
      Profile profile) {
    return new ScopeStart(
        new EventHeader(uuid, parent, TURN, START_NANOS + second * SECOND, name, ORIGIN),
        category,
        profile);
  }

  private static ScopeEnd end(
      ScopeStart start, int second, @Nullable Profile profile, Outcome outcome) {
    return start.ended(START_NANOS + second * SECOND, profile, outcome);
  }
}
