package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The prices of one model of genai-prices. */
final class GenaiRates {

  private static final int PER_THOUSAND = 3;

  private static final Map<Bucket, String> FIELDS =
      Map.of(
          Bucket.INPUT, "input_mtok",
          Bucket.CACHE_READ, "cache_read_mtok",
          Bucket.CACHE_WRITE, "cache_write_mtok",
          Bucket.CACHE_WRITE_1H, "cache_write_1h_mtok",
          Bucket.INPUT_AUDIO, "input_audio_mtok",
          Bucket.OUTPUT, "output_mtok",
          Bucket.REASONING, "output_reasoning_mtok",
          Bucket.OUTPUT_AUDIO, "output_audio_mtok");

  private static final String REQUESTS = "requests_kcount";

  private GenaiRates() {}

  /** Prices under a condition. */
  private record Conditional(Validity validity, ConfigNode.Table prices) {}

  /** Prices by date and hour, then those of requests of a kind; empty when there are none. */
  static List<Schedule> schedules(ConfigNode.Table model) {
    List<Schedule> schedules = new ArrayList<>();
    List<Conditional> ordinary = ordinary(model.get("prices"));
    for (Conditional prices : ordinary) {
      add(schedules, prices.validity(), Map.of(), prices.prices());
    }
    List<ConfigNode> variants = Nodes.elements(model.get("price_variants"));
    // The first variant wins, the last schedule does.
    for (int i = variants.size() - 1; i >= 0; i--) {
      ConfigNode.Table variant = Nodes.table(variants.get(i));
      Map<String, String> when = texts(Nodes.table(variant.get("when")));
      Validity validity = validity(variant.get("constraint"));
      if (!when.isEmpty() && validity != null) {
        ConfigNode.Table special = Nodes.table(variant.get("prices"));
        for (Conditional prices : ordinary) {
          add(schedules, validity.and(prices.validity()), when, merged(prices.prices(), special));
        }
      }
    }
    return schedules;
  }

  /** Reports prices that are none. */
  static void check(String name, ConfigNode.Table model, Faults faults) {
    if (model.get("prices") instanceof ConfigNode.Table flat) {
      checkPrices(name, flat, faults);
    }
    for (String list : List.of("prices", "price_variants")) {
      for (ConfigNode element : Nodes.elements(model.get(list))) {
        checkPrices(name, Nodes.table(Nodes.table(element).get("prices")), faults);
      }
    }
  }

  private static void checkPrices(String name, ConfigNode.Table prices, Faults faults) {
    prices
        .entries()
        .forEach(
            (field, entry) -> {
              if (FIELDS.containsValue(field) || field.equals(REQUESTS)) {
                checkPrice("model '" + name + "' has invalid " + field, entry.value(), faults);
              }
            });
  }

  private static void checkPrice(String message, ConfigNode price, Faults faults) {
    if (!(price instanceof ConfigNode.Table tiered)) {
      checkRate(message, price, price, faults);
      return;
    }
    checkRate(message + ".base", tiered.get("base"), tiered, faults);
    for (ConfigNode node : Nodes.elements(tiered.get("tiers"))) {
      ConfigNode.Table tier = Nodes.table(node);
      checkRate(message + " of a tier", tier.get("price"), node, faults);
      if (Nodes.count(tier.get("start")) == null) {
        faults.invalid(node, message + ": a tier has no start", null);
      }
    }
  }

  private static void checkRate(
      String message, @Nullable ConfigNode rate, ConfigNode at, Faults faults) {
    if (Nodes.rate(rate) == null) {
      faults.invalid(rate == null ? at : rate, message, "a price is a number of at least 0");
    }
  }

  private static List<Conditional> ordinary(@Nullable ConfigNode prices) {
    if (prices instanceof ConfigNode.Table flat) {
      return List.of(new Conditional(Validity.ALWAYS, flat));
    }
    List<Conditional> ordinary = new ArrayList<>();
    List<ConfigNode> elements = Nodes.elements(prices);
    for (int i = 0; i < elements.size(); i++) {
      ConfigNode.Table element = Nodes.table(elements.get(i));
      // When no condition holds the first prices do.
      Validity validity = i == 0 ? Validity.ALWAYS : validity(element.get("constraint"));
      if (validity != null) {
        ordinary.add(new Conditional(validity, Nodes.table(element.get("prices"))));
      }
    }
    return ordinary;
  }

  private static void add(
      List<Schedule> schedules,
      Validity validity,
      Map<String, String> when,
      ConfigNode.Table prices) {
    List<Tier> tiers = tiers(prices);
    if (!tiers.isEmpty()) {
      schedules.add(new Schedule(validity, when, tiers));
    }
  }

  /** A variant names only the prices that differ. */
  private static ConfigNode.Table merged(ConfigNode.Table prices, ConfigNode.Table special) {
    Map<String, ConfigNode.Entry> entries = new HashMap<>(prices.entries());
    entries.putAll(special.entries());
    return new ConfigNode.Table(entries, prices.position());
  }

  private static Map<String, String> texts(ConfigNode.Table table) {
    Map<String, String> texts = new HashMap<>();
    table
        .entries()
        .forEach(
            (key, entry) -> {
              String text = Nodes.text(entry.value());
              if (text != null) {
                texts.put(key, text);
              }
            });
    return texts;
  }

  /** One tier between any two thresholds that some price of the model has. */
  private static List<Tier> tiers(ConfigNode.Table prices) {
    Set<Long> starts = new TreeSet<>();
    for (String field : FIELDS.values()) {
      for (ConfigNode node : Nodes.elements(Nodes.table(prices.get(field)).get("tiers"))) {
        Long start = Nodes.count(Nodes.table(node).get("start"));
        if (start != null) {
          starts.add(start);
        }
      }
    }
    List<Tier> tiers = new ArrayList<>();
    long min = 0;
    for (long start : starts) {
      tiers.add(new Tier(min, start, rates(prices, min)));
      min = start + 1;
    }
    Rates last = rates(prices, min);
    if (!last.isEmpty()) {
      tiers.add(new Tier(min, Long.MAX_VALUE, last));
    }
    return tiers;
  }

  private static Rates rates(ConfigNode.Table prices, long prompt) {
    Map<Bucket, BigDecimal> rates = new EnumMap<>(Bucket.class);
    FIELDS.forEach(
        (bucket, field) -> {
          BigDecimal rate = rate(prices.get(field), prompt);
          if (rate != null) {
            rates.put(bucket, rate);
          }
        });
    BigDecimal requests = Nodes.rate(prices.get(REQUESTS));
    return Rates.of(
            rates, requests == null ? BigDecimal.ZERO : requests.movePointLeft(PER_THOUSAND))
        .inheriting(Bucket.parents().keySet());
  }

  private static @Nullable BigDecimal rate(@Nullable ConfigNode price, long prompt) {
    if (!(price instanceof ConfigNode.Table tiered)) {
      return Nodes.rate(price);
    }
    BigDecimal rate = Nodes.rate(tiered.get("base"));
    long reached = -1;
    for (ConfigNode node : Nodes.elements(tiered.get("tiers"))) {
      ConfigNode.Table tier = Nodes.table(node);
      Long start = Nodes.count(tier.get("start"));
      if (start != null && prompt > start && start > reached) {
        rate = Nodes.rate(tier.get("price"));
        reached = start;
      }
    }
    return rate;
  }

  /** A condition, or null when it is not understood: such prices are never used. */
  private static @Nullable Validity validity(@Nullable ConfigNode node) {
    if (node == null) {
      return Validity.ALWAYS;
    }
    ConfigNode.Table constraint = Nodes.table(node);
    String date = Nodes.text(constraint.get("start_date"));
    String start = Nodes.text(constraint.get("start_time"));
    String end = Nodes.text(constraint.get("end_time"));
    try {
      if (date != null) {
        return Validity.between(LocalDate.parse(date), null);
      }
      return start == null || end == null
          ? null
          : new Validity(null, null, utc(start), utc(end), Set.of());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static LocalTime utc(String time) {
    return OffsetTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC).toLocalTime();
  }
}
