package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The prices of one model in LiteLLM's file. */
final class LiteLlmRates {

  private static final int PER_MILLION = 6;
  private static final long THOUSAND = 1000;

  /** Field names without suffixes; the first that has a price counts. */
  private static final Map<Bucket, List<String>> FIELDS =
      Map.of(
          Bucket.INPUT, List.of("input_cost_per_token"),
          Bucket.CACHE_READ,
              List.of("cache_read_input_token_cost", "input_cost_per_token_cache_hit"),
          Bucket.CACHE_WRITE, List.of("cache_creation_input_token_cost"),
          Bucket.CACHE_WRITE_1H, List.of("cache_creation_input_token_cost_above_1hr"),
          Bucket.INPUT_AUDIO, List.of("input_cost_per_audio_token"),
          Bucket.OUTPUT, List.of("output_cost_per_token"),
          Bucket.REASONING, List.of("output_cost_per_reasoning_token"),
          Bucket.OUTPUT_AUDIO, List.of("output_cost_per_audio_token"));

  private static final Pattern THRESHOLD =
      Pattern.compile("^(?:in|out)put_cost_per_token_above_(\\d+)k_tokens");

  /** Suffixes of prices that hold for requests of a kind only. */
  private static final Map<String, Map.Entry<String, String>> SERVICES =
      Map.of(
          "_priority", Map.entry("service_tier", "priority"),
          "_flex", Map.entry("service_tier", "flex"),
          "_balanced", Map.entry("service_tier", "balanced"),
          "_ultrafast", Map.entry("service_tier", "ultrafast"),
          "_decisions", Map.entry("service_tier", "decisions"),
          "_batches", Map.entry("processing", "batch"));

  private final ConfigNode.Table fields;
  private final Set<Long> thresholds = new TreeSet<>();

  LiteLlmRates(ConfigNode.Table fields) {
    this.fields = fields;
    for (String name : fields.entries().keySet()) {
      Matcher matcher = THRESHOLD.matcher(name);
      if (matcher.find()) {
        thresholds.add(Long.parseLong(matcher.group(1)));
      }
    }
  }

  /** Reports prices that are none; a null says that there is none. */
  static void check(String model, ConfigNode.Table fields, Faults faults) {
    fields
        .entries()
        .forEach(
            (name, entry) -> {
              boolean price =
                  FIELDS.values().stream().flatMap(List::stream).anyMatch(name::startsWith);
              if (price && Nodes.rate(entry.value()) == null) {
                faults.invalid(
                    entry.value(),
                    "model '" + model + "' has invalid " + name + ": " + entry.value().typeName(),
                    "a price is a number of at least 0");
              }
            });
    for (ConfigNode range : Nodes.elements(fields.get("tiered_pricing"))) {
      check(model, Nodes.table(range), faults);
    }
  }

  /**
   * Ordinary prices, then off-peak prices, then those of service tiers; empty when there are none.
   */
  List<Schedule> schedules() {
    List<Schedule> schedules = new ArrayList<>();
    List<Tier> ranges = ranges();
    List<Tier> tiers = ranges.isEmpty() ? tiers("") : ranges;
    if (tiers.isEmpty()) {
      return schedules;
    }
    schedules.add(Schedule.always(tiers));
    offPeak(schedules);
    SERVICES.forEach(
        (suffix, when) -> {
          if (fields.entries().keySet().stream().anyMatch(name -> name.endsWith(suffix))) {
            schedules.add(
                new Schedule(
                    Validity.ALWAYS, Map.of(when.getKey(), when.getValue()), tiers(suffix)));
          }
        });
    return schedules;
  }

  private List<Tier> tiers(String service) {
    List<Tier> tiers = new ArrayList<>();
    List<String> suffixes = new ArrayList<>(List.of(""));
    long min = 0;
    for (long threshold : thresholds) {
      long first = threshold * THOUSAND + (includesThreshold() ? 0 : 1);
      addTier(tiers, min, first - 1, rates(fields, suffixes, service));
      suffixes.add(0, "_above_" + threshold + "k_tokens");
      min = first;
    }
    addTier(tiers, min, Long.MAX_VALUE, rates(fields, suffixes, service));
    return tiers;
  }

  private static void addTier(List<Tier> tiers, long min, long max, Rates rates) {
    if (!rates.isEmpty()) {
      tiers.add(new Tier(min, max, rates));
    }
  }

  /** xAI charges the higher price from the threshold on, the others above it. */
  private boolean includesThreshold() {
    String provider = ProviderNames.normalize(Nodes.text(fields.get("litellm_provider")));
    return provider != null && ProviderNames.same("xai", provider);
  }

  /** Prices by range, {@code start < prompt <= end}; the last reaches on. */
  private List<Tier> ranges() {
    List<Tier> tiers = new ArrayList<>();
    List<ConfigNode> ranges = Nodes.elements(fields.get("tiered_pricing"));
    for (int i = 0; i < ranges.size(); i++) {
      ConfigNode.Table range = Nodes.table(ranges.get(i));
      List<ConfigNode> bounds = Nodes.elements(range.get("range"));
      Long start = bounds.size() == 2 ? Nodes.count(bounds.get(0)) : null;
      Long end = bounds.size() == 2 ? Nodes.count(bounds.get(1)) : null;
      if (start != null && end != null) {
        long max = i == ranges.size() - 1 ? Long.MAX_VALUE : end;
        addTier(tiers, start == 0 ? 0 : start + 1, max, rates(range, List.of(""), ""));
      }
    }
    return tiers;
  }

  private void offPeak(List<Schedule> schedules) {
    ConfigNode.Table offPeak = Nodes.table(fields.get("off_peak_pricing"));
    Map<String, ConfigNode.Entry> merged = new HashMap<>(fields.entries());
    merged.putAll(offPeak.entries());
    Rates rates = rates(new ConfigNode.Table(merged, null), List.of(""), "");
    for (ConfigNode node : Nodes.elements(offPeak.get("windows"))) {
      ConfigNode.Table window = Nodes.table(node);
      ConfigNode hours = window.get("hours_utc");
      List<ConfigNode> spans =
          hours instanceof ConfigNode.Text ? List.of(hours) : Nodes.elements(hours);
      for (ConfigNode span : spans) {
        Validity validity = validity(Nodes.text(span), days(window.get("weekdays")));
        if (validity != null) {
          schedules.add(new Schedule(validity, Map.of(), List.of(Tier.flat(rates))));
        }
      }
    }
  }

  private static @Nullable Validity validity(@Nullable String span, Set<DayOfWeek> days) {
    String[] ends = span == null ? new String[0] : span.split("-", -1);
    try {
      return ends.length == 2
          ? new Validity(null, null, LocalTime.parse(ends[0]), LocalTime.parse(ends[1]), days)
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Set<DayOfWeek> days(@Nullable ConfigNode node) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (ConfigNode element : Nodes.elements(node)) {
      Long day = Nodes.count(element);
      if (day != null && day >= 1 && day <= DayOfWeek.values().length) {
        days.add(DayOfWeek.of(day.intValue()));
      }
    }
    return days;
  }

  private static Rates rates(ConfigNode.Table table, List<String> thresholds, String service) {
    Map<Bucket, BigDecimal> rates = new EnumMap<>(Bucket.class);
    FIELDS.forEach(
        (bucket, names) -> {
          // A service's price of the answer holds for the reasoning in it, too.
          boolean general = service.isEmpty() || bucket != Bucket.REASONING;
          BigDecimal rate = rate(table, names, thresholds, service, general);
          if (rate != null) {
            rates.put(bucket, rate.movePointRight(PER_MILLION));
          }
        });
    return Rates.of(rates).inheriting(Bucket.parents().keySet());
  }

  /** The price with the most telling suffixes: the highest threshold first, then the service. */
  private static @Nullable BigDecimal rate(
      ConfigNode.Table table,
      List<String> names,
      List<String> thresholds,
      String service,
      boolean general) {
    for (String threshold : thresholds) {
      for (String suffix :
          general ? List.of(threshold + service, threshold) : List.of(threshold + service)) {
        for (String name : names) {
          BigDecimal rate = Nodes.rate(table.get(name + suffix));
          if (rate != null) {
            return rate;
          }
        }
      }
    }
    return null;
  }
}
