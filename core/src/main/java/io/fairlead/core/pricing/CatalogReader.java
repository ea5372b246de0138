package io.fairlead.core.pricing;

import io.fairlead.core.config.WhiteSpace;
import io.fairlead.core.pricing.PriceEntry.Rules;
import io.fairlead.spi.config.ConfigNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the native catalog: version 1 of NeMo Relay's format with the same required fields and the
 * same meaning, and optional fields of ours. It comes inline from a document or from a JSON file;
 * both are the same tree.
 */
final class CatalogReader {

  private static final Set<String> ENTRY_FIELDS =
      Set.of(
          "provider",
          "model_id",
          "aliases",
          "currency",
          "unit",
          "rates",
          "rate_schedule",
          "prompt_cache",
          "pricing_as_of",
          "pricing_source",
          "valid_from",
          "valid_to");
  private static final List<String> UNITS =
      List.of("per_token", "per_request", "per_second", "gpu_hour");
  private static final List<String> ACCOUNTING = List.of("included_in_prompt_tokens", "separate");

  private final String name;
  private final Faults faults;
  private final Map<String, List<Named>> taken = new HashMap<>();

  /** An entry's hold on a name. */
  private record Named(int ordinal, Validity validity) {}

  /**
   * A reader.
   *
   * @param name of the catalog, for people
   */
  CatalogReader(String name, Faults faults) {
    this.name = name;
    this.faults = faults;
  }

  /** The table of a catalog; complete only when nothing invalid was found. */
  PriceTable read(@Nullable ConfigNode node) {
    PriceTable.Builder builder = PriceTable.builder(new Catalog(name, null));
    if (!(node instanceof ConfigNode.Table table)) {
      faults.invalid(node, "a catalog is a table", null);
      return builder.build();
    }
    CatalogTable root = new CatalogTable(table, "model pricing catalog", "", faults);
    root.check(Set.of("version", "entries"), "entries");
    version(root);
    List<CatalogTable> entries = root.tables("entries");
    for (int i = 0; i < entries.size(); i++) {
      ConfigNode.Table entry = entries.get(i).node();
      entry(i, new CatalogTable(entry, "model pricing entry " + i, "", faults), builder);
    }
    builder.unqualifiedWhereUnique();
    return builder.build();
  }

  private void version(CatalogTable root) {
    ConfigNode node = root.node().get("version");
    Long version = node instanceof ConfigNode.Integer number ? number.value() : null;
    if (node == null) {
      faults.invalid(root.node(), root.subject() + " has no version", "the version is 1");
    } else if (version == null || version != 1) {
      String shown = version == null ? "that is " + node.typeName() : String.valueOf(version);
      faults.invalid(
          node, "unsupported model pricing catalog version " + shown, "the version is 1");
    }
  }

  private void entry(int ordinal, CatalogTable entry, PriceTable.Builder builder) {
    entry.check(
        ENTRY_FIELDS, "provider", "model_id", "pricing_as_of", "pricing_source", "prompt_cache");
    String provider = entry.text("provider");
    String model = entry.text("model_id");
    List<String> aliases = entry.texts("aliases");
    String currency = entry.has("currency") ? entry.text("currency") : "USD";
    String unit = entry.word("unit", UNITS);
    String asOf = entry.text("pricing_as_of");
    String source = entry.text("pricing_source");
    Rules rules = rules(entry.table("prompt_cache"), entry.table("rate_schedule"));
    Validity validity = validity(entry);
    List<Tier> tiers = new RateReader(faults).tiers(entry);
    if (unit.equals(UNITS.get(0)) && !entry.has("rates") && !entry.has("rate_schedule")) {
      faults.invalid(
          model == null ? entry.node() : entry.node().get("model_id"),
          entry.subject() + " has neither rates nor a rate_schedule",
          null);
    }
    if (provider == null || model == null || currency == null || asOf == null || source == null) {
      return;
    }
    List<Schedule> schedules =
        tiers.isEmpty() || !unit.equals(UNITS.get(0))
            ? List.of()
            : List.of(new Schedule(validity, Map.of(), tiers));
    PriceEntry made =
        new PriceEntry(
            WhiteSpace.trim(provider),
            WhiteSpace.trim(model),
            WhiteSpace.trim(currency),
            new Catalog(source, day(asOf)),
            rules,
            schedules);
    Set<String> names = names(provider, model, aliases, entry);
    claim(ordinal, provider, names, validity, entry);
    String owner = ProviderNames.normalize(provider);
    builder.add(owner == null ? PriceTable.ANY_PROVIDER : owner, names, null, made);
  }

  private Set<String> names(
      String provider, String model, List<String> aliases, CatalogTable entry) {
    Set<String> names = new LinkedHashSet<>();
    names.add(ModelNames.normalize(model));
    for (String alias : aliases) {
      String name = ModelNames.normalize(alias);
      if (!name.isEmpty() && !names.add(name)) {
        faults.invalid(
            entry.node().get("aliases"),
            "duplicate model pricing alias '" + key(provider, name) + "'",
            "the entry itself has it already");
      }
    }
    return names;
  }

  private static String key(String provider, String model) {
    return ProviderNames.normalize(provider) + "/" + model;
  }

  /** Entries may share a name only when no day belongs to both. */
  private void claim(
      int ordinal, String provider, Set<String> names, Validity validity, CatalogTable entry) {
    for (String model : names) {
      String key = key(provider, model);
      List<Named> holders = taken.computeIfAbsent(key, any -> new ArrayList<>());
      for (Named holder : holders) {
        if (holder.ordinal() != ordinal && holder.validity().overlaps(validity)) {
          faults.invalid(
              entry.node(),
              "duplicate model pricing alias '" + key + "'",
              "entry " + holder.ordinal() + " has it already, and their days overlap");
          break;
        }
      }
      holders.add(new Named(ordinal, validity));
    }
  }

  private static Rules rules(
      @Nullable CatalogTable promptCache, @Nullable CatalogTable rateSchedule) {
    String accounting = ACCOUNTING.get(0);
    if (promptCache != null) {
      promptCache.check(Set.of("read_accounting"), "read_accounting");
      accounting = promptCache.word("read_accounting", ACCOUNTING);
    }
    boolean wholePrompt =
        rateSchedule != null
            && RateReader.ALL_INPUT.equals(rateSchedule.word("threshold_on", RateReader.BASES));
    return accounting.equals("separate") && !wholePrompt
        ? Rules.RELAY_UNCACHED_PROMPT
        : Rules.RELAY_WHOLE_PROMPT;
  }

  private Validity validity(CatalogTable entry) {
    LocalDate from = entry.date("valid_from");
    LocalDate until = entry.date("valid_to");
    if (from != null && until != null && !from.isBefore(until)) {
      faults.invalid(
          entry.node().get("valid_to"),
          entry.subject() + " has a valid_to that is not after valid_from",
          "valid_to is the first day on which the price holds no more");
    }
    return Validity.between(from, until);
  }

  private static @Nullable LocalDate day(String asOf) {
    return Dates.leadingDay(asOf);
  }
}
