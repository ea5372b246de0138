package io.fairlead.runtimes.common.turns;

import io.fairlead.spi.event.TokenUsage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * A running sum a runtime keeps, as of one moment: calls, tokens in its own buckets, money. The
 * difference of two is what happened between them.
 *
 * @param calls successful calls
 * @param input uncached input tokens
 * @param output output tokens, reasoning included
 * @param cacheRead input tokens from a cache
 * @param cacheWrite input tokens to a cache
 * @param reasoning the part of {@code output} spent on reasoning
 * @param amount money, 0 when none is known
 */
public record CountedSums(
    long calls,
    long input,
    long output,
    long cacheRead,
    long cacheWrite,
    long reasoning,
    BigDecimal amount) {

  /** Nothing yet. */
  public static final CountedSums ZERO = new CountedSums(0, 0, 0, 0, 0, 0, BigDecimal.ZERO);

  /** What came since an earlier moment. */
  public CountedSums minus(CountedSums earlier) {
    return new CountedSums(
        calls - earlier.calls,
        input - earlier.input,
        output - earlier.output,
        cacheRead - earlier.cacheRead,
        cacheWrite - earlier.cacheWrite,
        reasoning - earlier.reasoning,
        amount.subtract(earlier.amount));
  }

  /** Whether nothing is in it. */
  public boolean isZero() {
    return calls == 0 && hasNoTokens() && amount.signum() == 0;
  }

  /** Whether it holds no tokens. */
  public boolean hasNoTokens() {
    return input == 0 && output == 0 && cacheRead == 0 && cacheWrite == 0 && reasoning == 0;
  }

  /** Whether a count fell, which a running sum does only when it was begun anew. */
  public boolean isNegative() {
    return calls < 0 || input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0 || reasoning < 0;
  }

  /** The tokens in disjoint buckets. */
  public TokenUsage usage() {
    return TokenUsage.of(input, cacheRead, cacheWrite, output, Math.min(reasoning, output));
  }

  /** Writes it in a form {@link #readFrom} understands. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(calls);
    out.writeLong(input);
    out.writeLong(output);
    out.writeLong(cacheRead);
    out.writeLong(cacheWrite);
    out.writeLong(reasoning);
    out.writeUTF(amount.toString());
  }

  /** Reads what {@link #writeTo} wrote. */
  public static CountedSums readFrom(DataInput in) throws IOException {
    return new CountedSums(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        new BigDecimal(in.readUTF()));
  }
}
