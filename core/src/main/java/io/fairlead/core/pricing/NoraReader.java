package io.fairlead.core.pricing;

import io.fairlead.core.pricing.PriceEntry.Rules;
import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Nora's two variables: a table of prices per thousand tokens by {@code provider/model} or by
 * model, and a price for all other models.
 */
final class NoraReader {

  private static final int PER_MILLION = 3;
  private static final int MAX_TEXT = 64;

  /** Names of a price, the first present counts. */
  private static final List<String> INPUT =
      List.of("input_per_1k", "inputPer1k", "prompt_per_1k", "promptPer1k");

  private static final List<String> OUTPUT =
      List.of("output_per_1k", "outputPer1k", "completion_per_1k", "completionPer1k");
  private static final List<String> TOTAL =
      List.of("per_1k", "per1k", "total_per_1k", "totalPer1k");

  private final Catalog catalog;
  private final Faults faults;

  NoraReader(Catalog catalog, Faults faults) {
    this.catalog = catalog;
    this.faults = faults;
  }

  /**
   * A variable, or the field that stands for it.
   *
   * @param name for people
   * @param text its value
   * @param at where the field stands; null for a variable
   */
  record Setting(String name, String text, @Nullable ConfigNode at) {}

  /**
   * The table of the variables.
   *
   * @param perThousand price of models without an entry, or null: then they have no cost
   * @param models JSON, or null
   */
  PriceTable read(@Nullable Setting perThousand, @Nullable Setting models) {
    PriceTable.Builder builder = PriceTable.builder(catalog);
    BigDecimal fallback = fallback(perThousand);
    if (fallback != null) {
      builder.fallback(entry("", "fallback", Rates.of(both(fallback))));
    }
    if (models != null && !models.text().isBlank()) {
      new Models(models, fallback, builder).read();
    }
    return builder.build();
  }

  private @Nullable BigDecimal fallback(@Nullable Setting setting) {
    if (setting == null || setting.text().isBlank()) {
      return null;
    }
    BigDecimal rate = Nodes.rate(decimal(setting.text()));
    if (rate == null) {
      faults.invalid(setting.at(), setting.name() + " is not a number of at least 0", null);
    }
    return rate;
  }

  /** The prices by model. */
  private final class Models {

    private final Setting setting;
    private final @Nullable BigDecimal fallback;
    private final PriceTable.Builder builder;

    Models(Setting setting, @Nullable BigDecimal fallback, PriceTable.Builder builder) {
      this.setting = setting;
      this.fallback = fallback;
      this.builder = builder;
    }

    void read() {
      try {
        ConfigNode root = JsonTree.parse(setting.text(), setting.name());
        if (root instanceof ConfigNode.Table table) {
          table.entries().forEach((key, entry) -> model(key, entry.value()));
        } else {
          faults.invalid(place(root), setting.name() + " is a table of models", null);
        }
      } catch (JsonTree.MalformedException e) {
        faults.invalid(place(e.place()), setting.name() + " is not JSON: " + e.getMessage(), null);
      }
    }

    /** A place inside the text is one of the variable, or the field's in the document. */
    private ConfigNode place(ConfigNode inside) {
      ConfigNode at = setting.at();
      return at == null ? inside : at;
    }

    private void model(String key, ConfigNode node) {
      ConfigNode.Table fields = Nodes.table(node);
      ConfigNode total = first(fields, TOTAL);
      ConfigNode input = first(fields, INPUT);
      ConfigNode output = first(fields, OUTPUT);
      if (total == null && input == null && output == null) {
        faults.warning(
            Faults.NO_RATES, place(node), setting.name() + ": '" + key + "' has no price", null);
        return;
      }
      Map<Bucket, BigDecimal> rates = new EnumMap<>(Bucket.class);
      put(rates, Bucket.INPUT, rate(input == null ? total : input, key));
      put(rates, Bucket.OUTPUT, rate(output == null ? total : output, key));
      String name = ModelNames.normalize(key);
      int slash = name.indexOf('/');
      String provider = slash > 0 ? name.substring(0, slash) : PriceTable.ANY_PROVIDER;
      String model = name.substring(slash + 1);
      PriceEntry entry = entry(provider, model, Rates.of(rates));
      builder.add(provider, Set.of(model), null, entry);
      builder.unqualified(name, List.of(entry));
    }

    /** A side without a price has the fallback's; a faulty price is none. */
    private @Nullable BigDecimal rate(@Nullable ConfigNode node, String key) {
      if (node == null) {
        return fallback;
      }
      String text = Nodes.text(node);
      BigDecimal rate = Nodes.rate(text == null ? node : decimal(text));
      if (rate == null) {
        faults.warning(
            Faults.NO_RATES,
            place(node),
            setting.name() + ": '" + key + "' has a price that is not a number of at least 0",
            "calls of this model stay without a cost");
      }
      return rate;
    }
  }

  private static void put(
      Map<Bucket, BigDecimal> rates, Bucket bucket, @Nullable BigDecimal perThousand) {
    if (perThousand != null) {
      rates.put(bucket, perThousand);
    }
  }

  private static Map<Bucket, BigDecimal> both(BigDecimal perThousand) {
    return Map.of(Bucket.INPUT, perThousand, Bucket.OUTPUT, perThousand);
  }

  private PriceEntry entry(String provider, String model, Rates perThousand) {
    Map<Bucket, BigDecimal> rates = new EnumMap<>(Bucket.class);
    for (Bucket bucket : List.of(Bucket.INPUT, Bucket.OUTPUT)) {
      BigDecimal rate = perThousand.perMillion(bucket);
      if (rate != null) {
        rates.put(bucket, rate.movePointRight(PER_MILLION));
      }
    }
    Rates scaled = Rates.of(rates).inheriting(Bucket.parents().keySet());
    List<Schedule> schedules = List.of(Schedule.always(List.of(Tier.flat(scaled))));
    return new PriceEntry(provider, model, "USD", catalog, Rules.WHOLE_PROMPT, schedules);
  }

  private static @Nullable ConfigNode first(ConfigNode.Table fields, List<String> names) {
    for (String name : names) {
      ConfigNode node = fields.get(name);
      if (node != null) {
        return node;
      }
    }
    return null;
  }

  private static @Nullable ConfigNode decimal(String text) {
    String trimmed = text.trim();
    if (trimmed.length() > MAX_TEXT) {
      return null;
    }
    try {
      return new ConfigNode.Decimal(new BigDecimal(trimmed), null);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
