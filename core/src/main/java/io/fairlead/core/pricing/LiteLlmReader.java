package io.fairlead.core.pricing;

import io.fairlead.core.pricing.PriceEntry.Rules;
import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads LiteLLM's {@code model_prices_and_context_window.json}: prices per token, a model's
 * provider in front of its name or beside it, tiers and service tiers as suffixes of field names.
 */
final class LiteLlmReader {

  /** The documentation entry at the head of the file. */
  private static final String SAMPLE = "sample_spec";

  private final Catalog catalog;
  private final Faults faults;

  LiteLlmReader(Catalog catalog, Faults faults) {
    this.catalog = catalog;
    this.faults = faults;
  }

  /** The table of a file. */
  PriceTable read(ConfigNode root) {
    PriceTable.Builder builder = PriceTable.builder(catalog);
    if (!(root instanceof ConfigNode.Table models)) {
      faults.invalid(root, "LiteLLM's prices are a table of models", null);
      return builder.build();
    }
    // LiteLLM looks for "provider/model" before it looks for the model alone.
    List<Model> found = models(models);
    List<Model> qualified = found.stream().filter(Model::isQualified).toList();
    qualified.forEach(model -> model.add(model.key(), builder));
    qualified.forEach(model -> model.add(model.name(), builder));
    found.stream()
        .filter(model -> !model.isQualified())
        .forEach(model -> model.add(model.key(), builder));
    if (found.isEmpty()) {
      faults.invalid(root, "there is no model with a price in it", null);
    }
    return builder.build();
  }

  /**
   * A model of the file.
   *
   * @param key as the file writes it, normalized
   * @param name without the provider
   */
  private record Model(String key, String provider, String name, PriceEntry entry) {

    boolean isQualified() {
      return !name.equals(key);
    }

    void add(String spelling, PriceTable.Builder builder) {
      builder.add(provider, Set.of(spelling), null, entry);
      builder.unqualified(key, List.of(entry));
    }
  }

  private List<Model> models(ConfigNode.Table models) {
    List<Model> found = new ArrayList<>();
    models
        .entries()
        .forEach(
            (key, entry) -> {
              if (key.equals(SAMPLE)) {
                return;
              }
              if (entry.value() instanceof ConfigNode.Table fields) {
                LiteLlmRates.check(key, fields, faults);
                found.add(model(ModelNames.normalize(key), fields));
              } else {
                faults.invalid(entry.value(), "model '" + key + "' is not a table", null);
              }
            });
    return found;
  }

  private Model model(String key, ConfigNode.Table fields) {
    String owner = provider(Nodes.text(fields.get("litellm_provider")));
    int slash = key.indexOf('/');
    boolean prefixed =
        slash > 0 && (owner.isEmpty() || ProviderNames.same(owner, key.substring(0, slash)));
    String provider = prefixed ? key.substring(0, slash) : owner;
    String name = prefixed ? key.substring(slash + 1) : key;
    List<Schedule> schedules = new LiteLlmRates(fields).schedules();
    PriceEntry entry =
        new PriceEntry(provider, name, "USD", catalog, Rules.WHOLE_PROMPT, schedules);
    return new Model(key, provider, name, entry);
  }

  private static String provider(@Nullable String given) {
    String name = ProviderNames.normalize(given);
    return name == null ? "" : ProviderNames.whole(name);
  }
}
