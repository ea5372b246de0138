package io.fairlead.core.pricing;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a model under a condition.
 *
 * @param validity when they hold
 * @param when facts of the request they ask for, for example {@code service_tier = flex}; empty:
 *     none
 * @param tiers by the size of the prompt; the first that contains it counts
 */
record Schedule(Validity validity, Map<String, String> when, List<Tier> tiers) {

  Schedule {
    when = Map.copyOf(when);
    tiers = List.copyOf(tiers);
  }

  /** Prices under no condition. */
  static Schedule always(List<Tier> tiers) {
    return new Schedule(Validity.ALWAYS, Map.of(), tiers);
  }

  boolean isActive(LocalDateTime time, Map<String, String> context) {
    return context.entrySet().containsAll(when.entrySet()) && validity.contains(time);
  }

  /** Whether the size of the prompt matters. */
  boolean isTiered() {
    return tiers.size() > 1 || !tiers.get(0).equals(Tier.flat(tiers.get(0).rates()));
  }

  /** The tier of a prompt, or null when none contains it. */
  @Nullable Tier tier(long prompt) {
    for (Tier tier : tiers) {
      if (tier.contains(prompt)) {
        return tier;
      }
    }
    return null;
  }
}
