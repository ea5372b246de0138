package io.fairlead.core.pricing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a model. The order: the names as given, then spelling by spelling ({@link
 * ModelNames}) under each name of the provider ({@link ProviderNames}); then what the catalog
 * itself lends; then, for a gateway, the provider that the model's prefix names. It never goes to
 * another provider unless that is asked for.
 */
final class PriceLookup {

  private static final int MAX_PREFIXES = 4;

  private final PriceTable table;

  PriceLookup(PriceTable table) {
    this.table = table;
  }

  /** The entries of a model; empty when the table does not know it. */
  List<PriceEntry> find(@Nullable String provider, String model) {
    String name = ModelNames.normalize(model);
    return name.isEmpty() ? List.of() : find(ProviderNames.normalize(provider), name, 0);
  }

  /**
   * The entries with a price of a model of whatever provider: of its maker, else of the first in
   * the table; empty when there are none.
   */
  List<PriceEntry> findAnywhere(String model) {
    List<String> names = ModelNames.candidates(ModelNames.normalize(model));
    for (ProviderPrices prices : table.providers()) {
      List<PriceEntry> found = isMaker(prices, names) ? priced(prices, names) : List.of();
      if (!found.isEmpty()) {
        return found;
      }
    }
    for (String name : names) {
      for (ProviderPrices prices : table.providers()) {
        List<PriceEntry> found = priced(prices, List.of(name));
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private static boolean isMaker(ProviderPrices prices, List<String> names) {
    return names.stream()
        .anyMatch(
            name -> prices.owns(name) || ProviderNames.same(ModelMakers.of(name), prices.id()));
  }

  private static List<PriceEntry> priced(ProviderPrices prices, List<String> names) {
    return names.stream()
        .map(prices::find)
        .filter(found -> found.stream().anyMatch(PriceEntry::isPriced))
        .findFirst()
        .orElse(List.of());
  }

  private List<PriceEntry> find(@Nullable String provider, String model, int depth) {
    if (provider == null) {
      return withoutProvider(model, depth);
    }
    List<String> names = names(provider, model);
    List<PriceEntry> found = withProvider(provider, names);
    if (found.isEmpty()) {
      found = ofProvider(table.provider(PriceTable.ANY_PROVIDER), names);
    }
    if (found.isEmpty() && ProviderNames.isGateway(provider) && depth < MAX_PREFIXES) {
      found = withoutProvider(withoutOwnPrefix(provider, model), depth + 1);
    }
    return found;
  }

  private List<PriceEntry> withoutProvider(String model, int depth) {
    List<PriceEntry> found = table.unqualified(model);
    int slash = model.indexOf('/');
    if (found.isEmpty() && slash > 0 && depth < MAX_PREFIXES) {
      found = find(model.substring(0, slash), model.substring(slash + 1), depth + 1);
    }
    List<String> names = ModelNames.candidates(model);
    if (found.isEmpty()) {
      found = ofOwner(names);
    }
    for (int i = 1; i < names.size() && found.isEmpty() && slash < 0; i++) {
      found = table.unqualified(names.get(i));
    }
    return found.isEmpty() ? ofProvider(table.provider(PriceTable.ANY_PROVIDER), names) : found;
  }

  private List<PriceEntry> ofOwner(List<String> names) {
    for (ProviderPrices prices : table.providers()) {
      if (prices.owns(names.get(0))) {
        return ofProvider(prices, names);
      }
    }
    return List.of();
  }

  private List<PriceEntry> withProvider(String provider, List<String> names) {
    List<ProviderPrices> known =
        ProviderNames.variants(provider).stream()
            .map(table::provider)
            .filter(prices -> prices != null)
            .toList();
    if (known.isEmpty()) {
      known = table.providers().stream().filter(p -> p.answersTo(provider)).limit(1).toList();
    }
    for (String name : names) {
      for (ProviderPrices prices : known) {
        List<PriceEntry> found = prices.find(name);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return lent(known, names);
  }

  private List<PriceEntry> lent(List<ProviderPrices> borrowers, List<String> names) {
    for (ProviderPrices borrower : borrowers) {
      for (String lender : borrower.lenders()) {
        List<PriceEntry> found = ofProvider(table.provider(lender), names);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private static List<PriceEntry> ofProvider(@Nullable ProviderPrices prices, List<String> names) {
    if (prices != null) {
      for (String name : names) {
        List<PriceEntry> found = prices.find(name);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private static List<String> names(String provider, String model) {
    Set<String> names = new LinkedHashSet<>();
    names.add(model);
    names.addAll(ModelNames.candidates(withoutOwnPrefix(provider, model)));
    return List.copyOf(names);
  }

  private static String withoutOwnPrefix(String provider, String model) {
    int slash = model.indexOf('/');
    boolean own = slash > 0 && ProviderNames.same(provider, model.substring(0, slash));
    return own ? model.substring(slash + 1) : model;
  }
}
