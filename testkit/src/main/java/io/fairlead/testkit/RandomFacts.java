package io.fairlead.testkit;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.CustomProfile;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.LlmProfile.Counting;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random typed facts; about every second optional one is absent. */
final class RandomFacts {

  private static final List<String> TEXTS =
      List.of(
          "search",
          "",
          " two  words ",
          "quote \" backslash \\ slash /",
          "line\nbreak\r\ttab",
          "nul \u0000 unit separator \u001f",
          "line separator \u2028 paragraph \u2029",
          "Zürich 東京 \uD83D\uDE80",
          "unpaired \uD83D surrogate",
          "]}{[,:");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-0.0",
          "1e400",
          "12345678901234567890123",
          "\"text \\u2028 \\\" \\ud83d\"",
          "[]",
          "[1,[{\"a\":\"}\"}],2.0]",
          "{}",
          "{\"b\":1,\"a\":{\"fairlead\":null}}");

  private final Random random;

  RandomFacts(Random random) {
    this.random = random;
  }

  String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  @Nullable String textOrNull() {
    return random.nextBoolean() ? text() : null;
  }

  @Nullable Json jsonOrNull() {
    return random.nextBoolean()
        ? new Json(VALUES.get(1 + random.nextInt(VALUES.size() - 1)))
        : null;
  }

  @Nullable Json objectOrNull(String key) {
    return random.nextInt(3) == 0
        ? new Json("{\"" + key + "\":" + VALUES.get(random.nextInt(VALUES.size())) + "}")
        : null;
  }

  Origin origin() {
    return new Origin(
        random.nextBoolean() ? "hermes" : "openclaw",
        text(),
        textOrNull(),
        textOrNull(),
        textOrNull(),
        textOrNull(),
        random.nextBoolean() ? Origin.UNKNOWN_TIME : random.nextLong());
  }

  @Nullable Profile profile(ScopeCategory category) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    return switch (category) {
      case AGENT ->
          new AgentProfile(textOrNull(), pick(TurnKind.values()), usageOrNull(), costOrNull());
      case LLM, EMBEDDER -> llm();
      case TOOL ->
          new ToolProfile(
              text(),
              textOrNull(),
              random.nextBoolean() ? (Integer) random.nextInt() : null,
              random.nextBoolean());
      case CUSTOM -> new CustomProfile(text());
      default -> null;
    };
  }

  private LlmProfile llm() {
    return LlmProfile.builder()
        .operation(random.nextBoolean() ? "chat" : "embeddings")
        .provider(textOrNull())
        .requestModel(textOrNull())
        .responseModel(textOrNull())
        .responseId(textOrNull())
        .finishReasons(random.nextBoolean() ? List.of("stop", text()) : List.of())
        .usage(usageOrNull())
        .cost(costOrNull())
        .server(textOrNull(), 1 + random.nextInt(65_535))
        .attempt(random.nextInt(3))
        .streaming(random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean())
        .timeToFirstChunkNanos(random.nextInt(3) - 1L)
        .counting(pick(Counting.values()))
        .build();
  }

  @Nullable TokenUsage usageOrNull() {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> TokenUsage.ZERO;
      case 2 -> TokenUsage.totals(count(), count(), count());
      case 3 -> TokenUsage.of(count(), count(), count(), random.nextInt(9999), count());
      default ->
          new TokenUsage(
              count(), count(), count(), count(), count(), count(), count(), count(), -1, -1);
    };
  }

  private long count() {
    return random.nextInt(4) == 0 ? TokenUsage.UNKNOWN : random.nextInt(100_000);
  }

  @Nullable Cost costOrNull() {
    if (random.nextBoolean()) {
      return null;
    }
    BigDecimal amount =
        new BigDecimal(new BigInteger(random.nextInt(80), random), random.nextInt(24) - 3);
    return new Cost(
        amount,
        random.nextBoolean() ? "USD" : "EUR",
        pick(Cost.Status.values()),
        pick(Cost.Source.values()));
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
