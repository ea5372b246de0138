package io.fairlead.core.pricing;

import io.fairlead.core.pricing.PriceEntry.Rules;
import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code data.json} of genai-prices: providers with rules for their names and those of
 * their models, prices per million tokens with thresholds, dates and hours. The file is a list of
 * providers; the bundled table wraps that list to tell its origin and date.
 */
final class GenaiPricesReader {

  private final Catalog given;
  private final Faults faults;

  GenaiPricesReader(Catalog given, Faults faults) {
    this.given = given;
    this.faults = faults;
  }

  /** The table of a file. */
  PriceTable read(ConfigNode root) {
    ConfigNode.Table wrapper = Nodes.table(root);
    Catalog catalog = catalog(wrapper);
    List<ConfigNode> providers =
        Nodes.elements(root instanceof ConfigNode.Array ? root : wrapper.get("providers"));
    PriceTable.Builder builder = PriceTable.builder(catalog);
    for (ConfigNode provider : providers) {
      if (provider instanceof ConfigNode.Table fields) {
        provider(fields, catalog, builder);
      } else {
        faults.invalid(provider, "a provider is a table", null);
      }
    }
    PriceTable table = builder.build();
    if (table.size() == 0) {
      faults.invalid(root, "there is no model with a price in it", null);
    }
    return table;
  }

  private Catalog catalog(ConfigNode.Table wrapper) {
    String asOf = Nodes.text(wrapper.get("as_of"));
    String source = Nodes.text(wrapper.get("source"));
    return new Catalog(
        source == null ? given.name() : source,
        asOf == null ? given.asOf() : Dates.leadingDay(asOf));
  }

  private void provider(ConfigNode.Table provider, Catalog catalog, PriceTable.Builder builder) {
    String id = ProviderNames.normalize(Nodes.text(provider.get("id")));
    if (id == null) {
      faults.invalid(provider, "a provider has no id", null);
      return;
    }
    List<String> lenders = new ArrayList<>();
    for (ConfigNode lender : Nodes.elements(provider.get("fallback_model_providers"))) {
      String name = ProviderNames.normalize(Nodes.text(lender));
      if (name != null) {
        lenders.add(name);
      }
    }
    ProviderPrices prices =
        builder.provider(
            id, rule(provider.get("provider_match")), rule(provider.get("model_match")), lenders);
    for (ConfigNode model : Nodes.elements(provider.get("models"))) {
      if (model instanceof ConfigNode.Table fields) {
        model(prices.id(), fields, catalog, builder);
      } else {
        faults.invalid(model, "a model of '" + prices.id() + "' is not a table", null);
      }
    }
  }

  private void model(
      String provider, ConfigNode.Table model, Catalog catalog, PriceTable.Builder builder) {
    String id = Nodes.text(model.get("id"));
    ConfigNode match = model.get("match");
    if (id == null || match == null) {
      faults.invalid(model, "a model of '" + provider + "' has no id or no match", null);
      return;
    }
    MatchRule rule = MatchRule.parse(match);
    if (rule == null) {
      faults.invalid(match, "model '" + id + "' has a match that is not understood", null);
      return;
    }
    GenaiRates.check(id, model, faults);
    PriceEntry entry =
        new PriceEntry(
            provider, id, "USD", catalog, Rules.WHOLE_PROMPT, GenaiRates.schedules(model));
    builder.add(provider, rule.exactNames(), rule.isExact() ? null : rule, entry);
  }

  private @Nullable Predicate<String> rule(@Nullable ConfigNode node) {
    MatchRule rule = node == null ? null : MatchRule.parse(node);
    if (node != null && rule == null) {
      faults.invalid(node, "a match is not understood", null);
    }
    return rule;
  }
}
