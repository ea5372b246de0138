package io.fairlead.core.discovery;

import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The providers that can be used, by kind, and what was wrong with those that cannot. Immutable.
 */
public final class ComponentCatalog {

  private final SortedMap<String, Entry> entries;
  private final List<Diagnostic> findings;

  /** A catalog of entries whose kinds differ. */
  public ComponentCatalog(List<Entry> entries, List<Diagnostic> findings) {
    SortedMap<String, Entry> byKind = new TreeMap<>();
    for (Entry entry : entries) {
      if (byKind.put(entry.kind(), entry) != null) {
        throw new IllegalArgumentException("kind '" + entry.kind() + "' is there twice");
      }
    }
    this.entries = Collections.unmodifiableSortedMap(byKind);
    this.findings = List.copyOf(findings);
  }

  /** Every usable provider, by kind. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The provider of a kind, or null. */
  public @Nullable ComponentProvider provider(String kind) {
    Entry entry = entries.get(kind);
    return entry == null ? null : entry.provider();
  }

  /** Faults of plugins found on the way. */
  public List<Diagnostic> findings() {
    return findings;
  }

  /**
   * A provider and where it came from.
   *
   * @param kind its kind
   * @param provider the provider
   * @param location JAR or directory, for people
   */
  public record Entry(String kind, ComponentProvider provider, String location) {}
}
