package io.fairlead.core.pricing;

/**
 * Prices for prompts of some size. They hold for the whole call, not for the part above a bound.
 *
 * @param minPrompt smallest prompt
 * @param maxPrompt largest prompt
 * @param rates the prices
 */
record Tier(long minPrompt, long maxPrompt, Rates rates) {

  /** Prices for prompts of any size. */
  static Tier flat(Rates rates) {
    return new Tier(0, Long.MAX_VALUE, rates);
  }

  boolean contains(long prompt) {
    return prompt >= minPrompt && prompt <= maxPrompt;
  }

  /** Whether every prompt of another tier belongs here. */
  boolean covers(Tier other) {
    return minPrompt <= other.minPrompt && maxPrompt >= other.maxPrompt;
  }

  /** The bounds, both included: {@code 0..200000}, {@code 200001..}. */
  String label() {
    return minPrompt + ".." + (maxPrompt == Long.MAX_VALUE ? "" : String.valueOf(maxPrompt));
  }
}
