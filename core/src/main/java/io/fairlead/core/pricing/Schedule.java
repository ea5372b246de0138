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

  /** Whether the prices may hold for one of several calls made around a time. */
  boolean mayBeActive(LocalDateTime time, Map<String, String> context) {
    return context.entrySet().containsAll(when.entrySet()) && validity.wholeDays().contains(time);
  }

  /** Whether the size of the prompt matters. */
  boolean isTiered() {
    return tiers.size() > 1 || !tiers.get(0).equals(Tier.flat(tiers.get(0).rates()));
  }

  /**
   * The tier of prompts that together have some size: the first of those that cost the same
   * whatever their sizes are, or null when the sizes matter.
   */
  @Nullable Tier tierOfSum(long prompts) {
    List<Tier> possible = tiers.stream().filter(tier -> tier.minPrompt() <= prompts).toList();
    boolean same = possible.stream().map(Tier::rates).distinct().count() == 1;
    Tier reached = tier(0);
    while (reached != null && reached.maxPrompt() < prompts) {
      reached = tier(reached.maxPrompt() + 1);
    }
    return same && reached != null ? possible.get(0) : null;
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
