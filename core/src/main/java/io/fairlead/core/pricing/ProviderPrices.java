package io.fairlead.core.pricing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a catalog says about one provider. Filled by {@link PriceTable.Builder}, then read only. */
final class ProviderPrices {

  private final String id;
  private final @Nullable Predicate<String> alias;
  private final @Nullable Predicate<String> owns;
  private final List<String> lenders;
  private final Map<String, List<Slot>> exact = new HashMap<>();
  private final List<Slot> rules = new ArrayList<>();
  private int count;

  /** An entry with its place in the catalog. */
  private record Slot(int ordinal, PriceEntry entry, Predicate<String> rule) {}

  ProviderPrices(
      String id,
      @Nullable Predicate<String> alias,
      @Nullable Predicate<String> owns,
      List<String> lenders) {
    this.id = id;
    this.alias = alias;
    this.owns = owns;
    this.lenders = List.copyOf(lenders);
  }

  void add(Collection<String> names, @Nullable Predicate<String> rule, PriceEntry entry) {
    Slot slot = new Slot(count++, entry, rule == null ? name -> false : rule);
    for (String name : Set.copyOf(names)) {
      exact.computeIfAbsent(name, key -> new ArrayList<>(1)).add(slot);
    }
    if (rule != null) {
      rules.add(slot);
    }
  }

  String id() {
    return id;
  }

  /** Whether the catalog's own rule takes a name for this provider. */
  boolean answersTo(String provider) {
    return alias != null && alias.test(provider);
  }

  /** Whether the catalog's own rule takes a model for this provider's when no provider is named. */
  boolean owns(String model) {
    return owns != null && owns.test(model);
  }

  /** Providers whose prices the catalog lends to this one. */
  List<String> lenders() {
    return lenders;
  }

  Set<String> names() {
    return exact.keySet();
  }

  /** Where the prices come from. */
  Set<Catalog> catalogs() {
    Set<Catalog> catalogs = new LinkedHashSet<>();
    rules.forEach(slot -> catalogs.add(slot.entry().catalog()));
    exact.values().forEach(slots -> slots.forEach(slot -> catalogs.add(slot.entry().catalog())));
    return catalogs;
  }

  /**
   * The entries of a name: several only when they hold at different times. The one that stands
   * first in the catalog decides, whether it is named exactly or by a rule.
   */
  List<PriceEntry> find(String model) {
    List<Slot> named = exact.getOrDefault(model, List.of());
    int first = named.isEmpty() ? Integer.MAX_VALUE : named.get(0).ordinal();
    for (Slot slot : rules) {
      if (slot.ordinal() >= first) {
        break;
      }
      if (slot.rule().test(model)) {
        return List.of(slot.entry());
      }
    }
    return named.stream().map(Slot::entry).toList();
  }
}
