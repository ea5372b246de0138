package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the prices of an entry of the native catalog. */
final class RateReader {

  /** What a threshold is compared with: the prompt as Relay counts it, or all input tokens. */
  static final String ALL_INPUT = "all_input_tokens";

  static final List<String> BASES = List.of("prompt_tokens", ALL_INPUT);

  private static final String SUFFIX = "_per_million";

  /** Buckets Relay has no rate for: what it charges for them is the rate of their parent. */
  private static final List<Bucket> OURS =
      List.of(Bucket.CACHE_WRITE_1H, Bucket.INPUT_AUDIO, Bucket.REASONING, Bucket.OUTPUT_AUDIO);

  private static final String[] REQUIRED = {
    Bucket.INPUT.label() + SUFFIX, Bucket.OUTPUT.label() + SUFFIX
  };

  private static final Map<String, Bucket> RATE_FIELDS = rateFields();

  /** Prices outside of this range are most likely per token or per thousand. */
  private static final BigDecimal LEAST_LIKELY = new BigDecimal("0.0005");

  private static final BigDecimal MOST_LIKELY = new BigDecimal("5000");

  private final Faults faults;

  RateReader(Faults faults) {
    this.faults = faults;
  }

  private static Map<String, Bucket> rateFields() {
    Map<String, Bucket> fields = new LinkedHashMap<>();
    for (Bucket bucket : Bucket.values()) {
      fields.put(bucket.label() + SUFFIX, bucket);
    }
    return fields;
  }

  /** The tiers of an entry; a schedule stands above flat rates. Empty when there are no prices. */
  List<Tier> tiers(CatalogTable entry) {
    CatalogTable flat = entry.table("rates");
    Rates rates = flat == null ? null : rates(flat);
    CatalogTable schedule = entry.table("rate_schedule");
    if (schedule != null) {
      return schedule(schedule);
    }
    return rates == null ? List.of() : List.of(Tier.flat(rates));
  }

  private List<Tier> schedule(CatalogTable schedule) {
    schedule.check(Set.of("type", "applies_to", "threshold_on", "tiers"), "type", "tiers");
    schedule.word("type", List.of("prompt_token_threshold"));
    schedule.word("applies_to", List.of("full_request"));
    List<CatalogTable> tables = schedule.tables("tiers");
    if (schedule.node().get("tiers") instanceof ConfigNode.Array && tables.isEmpty()) {
      faults.invalid(
          schedule.node().get("tiers"),
          schedule.subject() + " has empty rate_schedule.tiers",
          null);
    }
    List<Tier> tiers = new ArrayList<>();
    for (CatalogTable table : tables) {
      Tier tier = tier(table);
      if (tier != null) {
        reachable(tier, tiers, table);
        tiers.add(tier);
      }
    }
    return tiers;
  }

  private @Nullable Tier tier(CatalogTable table) {
    table.check(Set.of("min_prompt_tokens", "max_prompt_tokens", "rates"), "rates");
    Long min = table.count("min_prompt_tokens");
    Long max = table.count("max_prompt_tokens");
    CatalogTable rates = table.table("rates");
    if (min != null && max != null && min > max) {
      faults.invalid(
          table.node().get("min_prompt_tokens"),
          table.subject() + " has min_prompt_tokens above max_prompt_tokens",
          null);
      return null;
    }
    return rates == null
        ? null
        : new Tier(min == null ? 0 : min, max == null ? Long.MAX_VALUE : max, rates(rates));
  }

  private void reachable(Tier tier, List<Tier> earlier, CatalogTable table) {
    for (Tier other : earlier) {
      if (other.covers(tier)) {
        faults.warning(
            Faults.UNREACHABLE_TIER,
            table.node(),
            table.subject() + ": the tier " + tier.label() + " is never used",
            "the tier " + other.label() + " stands before it and covers it");
        return;
      }
    }
  }

  private Rates rates(CatalogTable table) {
    table.check(RATE_FIELDS.keySet(), REQUIRED);
    Map<Bucket, BigDecimal> rates = new EnumMap<>(Bucket.class);
    RATE_FIELDS.forEach(
        (field, bucket) -> {
          BigDecimal rate = table.rate(field);
          if (rate != null) {
            likely(rate, field, table);
            rates.put(bucket, rate);
          }
        });
    return Rates.of(rates).inheriting(OURS);
  }

  private void likely(BigDecimal rate, String field, CatalogTable table) {
    boolean small = rate.signum() > 0 && rate.compareTo(LEAST_LIKELY) < 0;
    if (small || rate.compareTo(MOST_LIKELY) > 0) {
      faults.warning(
          Faults.UNLIKELY_RATE,
          table.node().get(field),
          table.subject() + ": " + field + " is unlikely " + (small ? "small" : "large"),
          small
              ? "is it a price per token? Prices are per million tokens"
              : "prices are per million tokens");
    }
  }
}
