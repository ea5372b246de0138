package io.fairlead.spi;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Knows what model calls cost. Thread-safe, without input or output: asked for every call. */
public interface ModelPricing {

  /** Works out the cost of one call. Never throws for an unknown model. */
  Quote price(Question question);

  /**
   * What was called.
   *
   * @param provider as the runtime says it, or null
   * @param model as the runtime says it
   * @param usage its tokens; how much of the answer was reasoning or audio may be {@link
   *     TokenUsage#UNKNOWN}, and a cost that depends on it is not known
   * @param timeNanos when, nanoseconds since the epoch: prices change
   */
  record Question(@Nullable String provider, String model, TokenUsage usage, long timeNanos) {}

  /**
   * An answer that explains itself.
   *
   * @param cost the cost, or null when it is not known
   * @param matchedEntry the price entry used, or null
   * @param tier the tier of the entry used, or null
   * @param reason why there is no cost, or null when there is one
   */
  record Quote(
      @Nullable Cost cost,
      @Nullable String matchedEntry,
      @Nullable String tier,
      @Nullable String reason) {

    /** No cost, and why. */
    public static Quote unknown(String reason) {
      return new Quote(null, null, null, reason);
    }
  }
}
