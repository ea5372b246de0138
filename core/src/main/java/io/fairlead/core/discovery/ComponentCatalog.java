package io.fairlead.core.discovery;

import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The providers that can be used, by kind, and what was wrong with those that cannot. Immutable.
 * Isolated plugins are open until the catalog is closed.
 */
public final class ComponentCatalog implements AutoCloseable {

  private final SortedMap<String, Entry> entries;
  private final List<SecretProvider> secretProviders;
  private final List<Diagnostic> findings;
  private final PluginLibrary library;

  /** A catalog of entries whose kinds differ. */
  public ComponentCatalog(List<Entry> entries, List<Diagnostic> findings) {
    this(entries, List.of(), findings, PluginLibrary.NONE);
  }

  ComponentCatalog(
      List<Entry> entries,
      List<SecretProvider> secretProviders,
      List<Diagnostic> findings,
      PluginLibrary library) {
    SortedMap<String, Entry> byKind = new TreeMap<>();
    for (Entry entry : entries) {
      if (byKind.put(entry.kind(), entry) != null) {
        throw new IllegalArgumentException("kind '" + entry.kind() + "' is there twice");
      }
    }
    this.entries = Collections.unmodifiableSortedMap(byKind);
    this.secretProviders = List.copyOf(secretProviders);
    this.findings = List.copyOf(findings);
    this.library = library;
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

  /** The providers of secrets; each has a scheme of its own. */
  public List<SecretProvider> secretProviders() {
    return secretProviders;
  }

  /** Faults of plugins found on the way. */
  public List<Diagnostic> findings() {
    return findings;
  }

  /** The isolated plugins behind some of the providers. */
  public PluginLibrary library() {
    return library;
  }

  /** Lets go of the isolated plugins; their providers cannot be used any more. */
  @Override
  public void close() {
    library.close();
  }

  /**
   * A provider and where it came from.
   *
   * @param kind its kind
   * @param provider the provider
   * @param location JAR or directory, for people
   * @param isolated whether it has a class loader of its own
   */
  public record Entry(String kind, ComponentProvider provider, String location, boolean isolated) {

    /** A provider of the class path. */
    public Entry(String kind, ComponentProvider provider, String location) {
      this(kind, provider, location, false);
    }
  }
}
