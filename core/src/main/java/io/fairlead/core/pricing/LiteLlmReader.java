package io.fairlead.core.pricing;

import io.fairlead.core.pricing.PriceEntry.Rules;
import io.fairlead.spi.config.ConfigNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads LiteLLM's {@code model_prices_and_context_window.json}: prices per token, a model's
 * provider in front of its name or beside it, tiers and service tiers as suffixes of field names.
 */
final class LiteLlmReader {

  /** The documentation entry at the head of the file. */
  private static final String SAMPLE = "sample_spec";

  private static final Pattern PROVIDER_FLAVOUR = Pattern.compile("^(vertex_ai|fireworks_ai)-.*");

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
    add(models, true, builder);
    add(models, false, builder);
    if (builder.build().size() == 0) {
      faults.invalid(root, "there is no model with a price in it", null);
    }
    return builder.build();
  }

  private void add(ConfigNode.Table models, boolean qualified, PriceTable.Builder builder) {
    for (Map.Entry<String, ConfigNode.Entry> model : models.entries().entrySet()) {
      String key = model.getKey();
      if (!key.equals(SAMPLE)
          && key.contains("/") == qualified
          && model.getValue().value() instanceof ConfigNode.Table fields) {
        add(key, fields, builder);
      }
    }
  }

  private void add(String key, ConfigNode.Table fields, PriceTable.Builder builder) {
    String owner = provider(Nodes.text(fields.get("litellm_provider")));
    String name = ModelNames.normalize(key);
    int slash = name.indexOf('/');
    boolean prefixed =
        slash > 0 && (owner.isEmpty() || ProviderNames.same(owner, name.substring(0, slash)));
    String provider = prefixed ? name.substring(0, slash) : owner;
    String model = prefixed ? name.substring(slash + 1) : name;
    List<Schedule> schedules = new LiteLlmRates(fields).schedules();
    PriceEntry entry =
        new PriceEntry(provider, model, "USD", catalog, Rules.WHOLE_PROMPT, schedules);
    builder.add(provider, Set.of(model), null, entry);
    builder.unqualified(name, List.of(entry));
  }

  private static String provider(@Nullable String given) {
    String name = ProviderNames.normalize(given);
    return name == null ? "" : PROVIDER_FLAVOUR.matcher(name).replaceFirst("$1");
  }
}
