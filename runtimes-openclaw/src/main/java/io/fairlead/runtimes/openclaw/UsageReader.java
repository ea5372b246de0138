package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and cost of an answer. {@code input} excludes what a cache served or took, {@code output}
 * includes reasoning.
 *
 * @param tokens the tokens, or null when OpenClaw counted none
 * @param cost its estimate in US dollars, or null when it has no price (it then writes 0)
 */
record UsageReader(@Nullable TokenUsage tokens, @Nullable BigDecimal cost) {

  private static final UsageReader NOTHING = new UsageReader(null, null);
  private static final int DIGITS = 12;
  private static final String CHAT_COMPLETIONS = "openai-completions";

  /**
   * Reads {@code message.usage}.
   *
   * @param version of the transcript's format
   * @param api OpenClaw's name of the provider's interface
   */
  static UsageReader of(JsonValue usage, int version, @Nullable String api) {
    long input = count(usage, "input");
    long output = count(usage, "output");
    long read = count(usage, "cacheRead");
    long write = count(usage, "cacheWrite");
    if (input + output + read + write == 0) {
      return NOTHING;
    }
    BigDecimal cost = usage.child("cost").decimal("total");
    // Until 2026.4 cache writes of this interface are taken from the reads and put on the input.
    boolean shifted =
        version <= 3 && CHAT_COMPLETIONS.equals(api) && write > 0 && read > 0 && input >= write;
    if (shifted) {
      cost = shiftedBack(usage.child("cost"), cost, input, read, write);
      input -= write;
      read += write;
    }
    Long reasoning = usage.whole("reasoningTokens");
    return new UsageReader(
        TokenUsage.of(
            input,
            read,
            write,
            output,
            reasoning == null || reasoning < 0 ? TokenUsage.UNKNOWN : reasoning),
        money(cost));
  }

  private static long count(JsonValue usage, String name) {
    Long count = usage.whole(name);
    return count == null ? 0 : Math.min(Math.max(0, count), 1L << 50);
  }

  /** The cost of the same tokens in their right buckets, at the prices the parts show. */
  private static @Nullable BigDecimal shiftedBack(
      JsonValue parts, @Nullable BigDecimal total, long input, long read, long write) {
    BigDecimal ofInput = parts.decimal("input");
    BigDecimal ofRead = parts.decimal("cacheRead");
    if (total == null || ofInput == null || ofRead == null) {
      return null;
    }
    BigDecimal inputPrice = ofInput.divide(BigDecimal.valueOf(input), MathContext.DECIMAL64);
    BigDecimal readPrice = ofRead.divide(BigDecimal.valueOf(read), MathContext.DECIMAL64);
    return total.add(readPrice.subtract(inputPrice).multiply(BigDecimal.valueOf(write)));
  }

  /** An amount freed of what binary floating point added to it; null for 0. */
  private static @Nullable BigDecimal money(@Nullable BigDecimal amount) {
    if (amount == null || amount.signum() <= 0) {
      return null;
    }
    return amount.setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }
}
