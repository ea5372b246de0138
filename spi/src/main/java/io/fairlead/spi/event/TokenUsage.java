package io.fairlead.spi.event;

/**
 * Token counts in disjoint buckets, with the two totals that every runtime knows best.
 *
 * <p>Each count is at least 0, or {@link #UNKNOWN}. A total may be known although its buckets are
 * not (a log line that says how large the prompt was, but not what of it was written to the cache);
 * a bucket is never inferred from a guess. When every bucket of a total is known, the total is
 * their sum.
 *
 * @param input input tokens neither read from nor written to a cache (text and images)
 * @param cacheRead input tokens served from a cache
 * @param cacheWrite5m input tokens written to a cache that lives for minutes (or for an unknown
 *     time)
 * @param cacheWrite1h input tokens written to a cache that lives for an hour
 * @param inputAudio input tokens of audio
 * @param output output tokens that are neither reasoning nor audio
 * @param reasoning output tokens spent on reasoning
 * @param outputAudio output tokens of audio
 * @param totalInput the whole prompt: input + cacheRead + cacheWrite5m + cacheWrite1h + inputAudio
 * @param totalOutput the whole answer: output + reasoning + outputAudio
 */
public record TokenUsage(
    long input,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long inputAudio,
    long output,
    long reasoning,
    long outputAudio,
    long totalInput,
    long totalOutput) {

  /** The count is not known. */
  public static final long UNKNOWN = -1;

  /** No tokens at all, every bucket known. */
  public static final TokenUsage ZERO = new TokenUsage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public TokenUsage {
    if (totalInput < UNKNOWN || totalOutput < UNKNOWN) {
      throw new IllegalArgumentException("a token count must not be negative");
    }
    long in = sum(input, cacheRead, cacheWrite5m, cacheWrite1h, inputAudio);
    long out = sum(output, reasoning, outputAudio);
    if (totalInput == UNKNOWN) {
      totalInput = in;
    } else if (in != UNKNOWN && in != totalInput) {
      throw new IllegalArgumentException("input buckets add up to " + in + ", not " + totalInput);
    }
    if (totalOutput == UNKNOWN) {
      totalOutput = out;
    } else if (out != UNKNOWN && out != totalOutput) {
      throw new IllegalArgumentException(
          "output buckets add up to " + out + ", not " + totalOutput);
    }
  }

  /**
   * Usage of a runtime that counts input, cache reads and cache writes apart and includes reasoning
   * in the output.
   *
   * @param reasoning part of {@code output}, or {@link #UNKNOWN}
   */
  public static TokenUsage of(
      long input, long cacheRead, long cacheWrite, long output, long reasoning) {
    long text = reasoning == UNKNOWN ? UNKNOWN : Math.max(0, output - reasoning);
    long known = reasoning == UNKNOWN ? UNKNOWN : Math.min(reasoning, output);
    return new TokenUsage(input, cacheRead, cacheWrite, 0, 0, text, known, 0, UNKNOWN, output);
  }

  /** Usage of which only prompt size, cache reads and answer size are known. */
  public static TokenUsage totals(long totalInput, long cacheRead, long totalOutput) {
    return new TokenUsage(
        UNKNOWN, cacheRead, UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN, 0, totalInput, totalOutput);
  }

  /** Cache writes of both lifetimes, or {@link #UNKNOWN}. */
  public long cacheWrite() {
    return sum(cacheWrite5m, cacheWrite1h);
  }

  /** Whether every bucket is known. */
  public boolean isComplete() {
    return sum(input, cacheRead, cacheWrite5m, cacheWrite1h, inputAudio) != UNKNOWN
        && sum(output, reasoning, outputAudio) != UNKNOWN;
  }

  /** Whether no count is above zero. */
  public boolean isEmpty() {
    return totalInput <= 0 && totalOutput <= 0 && input <= 0 && cacheRead <= 0 && cacheWrite() <= 0;
  }

  /** The sum; a count that one side does not know is not known in the sum. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        sum(input, other.input),
        sum(cacheRead, other.cacheRead),
        sum(cacheWrite5m, other.cacheWrite5m),
        sum(cacheWrite1h, other.cacheWrite1h),
        sum(inputAudio, other.inputAudio),
        sum(output, other.output),
        sum(reasoning, other.reasoning),
        sum(outputAudio, other.outputAudio),
        sum(totalInput, other.totalInput),
        sum(totalOutput, other.totalOutput));
  }

  private static long sum(long... parts) {
    long total = 0;
    for (long part : parts) {
      if (part < UNKNOWN) {
        throw new IllegalArgumentException("a token count must not be negative: " + part);
      }
      if (part == UNKNOWN) {
        return UNKNOWN;
      }
      total += part;
    }
    return total;
  }
}
