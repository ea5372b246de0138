package io.fairlead.core.pricing;

import io.fairlead.spi.event.TokenUsage;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a catalog says about one model of one provider.
 *
 * @param provider as the catalog writes it
 * @param model as the catalog writes it
 * @param currency ISO 4217 code
 * @param catalog where it is from
 * @param rules how its format counts
 * @param schedules prices under conditions: the last whose condition holds counts; empty when the
 *     catalog knows the model but gives no price per token
 */
record PriceEntry(
    String provider,
    String model,
    String currency,
    Catalog catalog,
    Rules rules,
    List<Schedule> schedules) {

  PriceEntry {
    schedules = List.copyOf(schedules);
  }

  /** How a catalog format counts. */
  enum Rules {
    /** A tier goes by the whole prompt. */
    WHOLE_PROMPT,
    /** A tier goes by the whole prompt; a call without tokens has no cost. */
    RELAY_WHOLE_PROMPT,
    /** A tier goes by the prompt without what a cache holds; a call without tokens has no cost. */
    RELAY_UNCACHED_PROMPT;

    /** The size of the prompt a tier goes by, or {@link TokenUsage#UNKNOWN}. */
    long prompt(TokenUsage usage) {
      if (this != RELAY_UNCACHED_PROMPT) {
        return usage.totalInput();
      }
      boolean known =
          usage.input() != TokenUsage.UNKNOWN && usage.inputAudio() != TokenUsage.UNKNOWN;
      return known ? usage.input() + usage.inputAudio() : TokenUsage.UNKNOWN;
    }

    /** Whether a call without any token costs nothing, rather than an unknown amount. */
    boolean pricesEmptyUsage() {
      return this == WHOLE_PROMPT;
    }
  }

  /** The name people know the entry by. */
  String label() {
    return provider.isEmpty() ? model : provider + "/" + model;
  }

  /** Whether there is any price. */
  boolean isPriced() {
    return !schedules.isEmpty();
  }

  /** The prices that hold, or null when none do. */
  @Nullable Schedule schedule(LocalDateTime time, Map<String, String> context) {
    for (int i = schedules.size() - 1; i >= 0; i--) {
      if (schedules.get(i).isActive(time, context)) {
        return schedules.get(i);
      }
    }
    return null;
  }

  /** Whether the prices that may have held for calls around a time are all the same. */
  boolean isSameAtAnyHour(LocalDateTime time, Map<String, String> context) {
    Schedule last = null;
    for (int i = schedules.size() - 1; i >= 0; i--) {
      Schedule schedule = schedules.get(i);
      if (!schedule.mayBeActive(time, context)) {
        continue;
      }
      if (last != null && !last.tiers().equals(schedule.tiers())) {
        return false;
      }
      if (schedule.validity().isWholeDay()) {
        return true;
      }
      last = schedule;
    }
    return last == null;
  }
}
