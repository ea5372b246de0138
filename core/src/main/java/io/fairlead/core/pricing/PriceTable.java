package io.fairlead.core.pricing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one catalog, indexed by provider and name. Immutable. All names are normalized
 * ({@link ProviderNames#normalize}, {@link ModelNames#normalize}) once, when the table is built.
 */
final class PriceTable {

  /** The provider of entries that hold for any provider. */
  static final String ANY_PROVIDER = "";

  private final Catalog catalog;
  private final Map<String, ProviderPrices> providers;
  private final Map<String, List<PriceEntry>> unqualified;
  private final @Nullable PriceEntry fallback;
  private final int size;

  private PriceTable(Builder builder) {
    catalog = builder.catalog;
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.providers));
    unqualified = Map.copyOf(builder.unqualified);
    fallback = builder.fallback;
    size = builder.size;
  }

  static Builder builder(Catalog catalog) {
    return new Builder(catalog);
  }

  /** Where the prices come from. */
  Catalog catalog() {
    return catalog;
  }

  /** How many entries there are. */
  int size() {
    return size;
  }

  /** All providers in the catalog's order. */
  Collection<ProviderPrices> providers() {
    return providers.values();
  }

  /** A provider's prices by its exact name, or null. */
  @Nullable ProviderPrices provider(String name) {
    return providers.get(name);
  }

  /** Entries that a name stands for when nothing is said about the provider; empty when none. */
  List<PriceEntry> unqualified(String model) {
    return unqualified.getOrDefault(model, List.of());
  }

  /** The price of models that no entry names, or null. */
  @Nullable PriceEntry fallback() {
    return fallback;
  }

  /** Builds a table. Earlier entries win over later ones of the same name. Not thread-safe. */
  static final class Builder {
    private final Catalog catalog;
    private final Map<String, ProviderPrices> providers = new LinkedHashMap<>();
    private final Map<String, List<PriceEntry>> unqualified = new HashMap<>();
    private @Nullable PriceEntry fallback;
    private int size;

    private Builder(Catalog catalog) {
      this.catalog = catalog;
    }

    /** A provider that also answers to names and models by rules. */
    ProviderPrices provider(
        String id,
        @Nullable Predicate<String> alias,
        @Nullable Predicate<String> owns,
        List<String> lenders) {
      ProviderPrices prices = new ProviderPrices(id, alias, owns, lenders);
      providers.put(id, prices);
      return prices;
    }

    /** An entry with its exact names and a rule for further ones. */
    void add(
        String provider,
        Collection<String> names,
        @Nullable Predicate<String> rule,
        PriceEntry entry) {
      providers
          .computeIfAbsent(provider, id -> new ProviderPrices(id, null, null, List.of()))
          .add(names, rule, entry);
      size++;
    }

    /** A name that stands for an entry without a provider. The first entry of a name wins. */
    void unqualified(String name, List<PriceEntry> entries) {
      unqualified.putIfAbsent(name, List.copyOf(entries));
    }

    /** Lets every name that only one provider has stand for its entries. */
    void unqualifiedWhereUnique() {
      Map<String, List<PriceEntry>> found = new HashMap<>();
      for (ProviderPrices provider : providers.values()) {
        for (String name : provider.names()) {
          found.merge(name, provider.find(name), (one, other) -> new ArrayList<>());
        }
      }
      found.forEach(
          (name, entries) -> {
            if (!entries.isEmpty()) {
              unqualified(name, entries);
            }
          });
    }

    void fallback(PriceEntry entry) {
      fallback = entry;
    }

    PriceTable build() {
      return new PriceTable(this);
    }
  }
}
