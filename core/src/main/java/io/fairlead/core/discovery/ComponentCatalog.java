package io.fairlead.core.discovery;

import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The providers that can be used, by kind, and what was wrong with those that cannot. Immutable.
 * Isolated plugins are open until the catalog is closed.
 */
public final class ComponentCatalog implements AutoCloseable {

  private final SortedMap<String, Entry> components;
  private final SortedMap<String, Entry> exporters;
  private final List<Secrets> secrets;
  private final List<Diagnostic> findings;
  private final PluginLibrary library;

  /** A catalog of entries whose kinds differ. */
  public ComponentCatalog(List<Entry> entries, List<Diagnostic> findings) {
    this(entries, List.of(), findings, PluginLibrary.NONE);
  }

  ComponentCatalog(
      List<Entry> entries,
      List<Secrets> secrets,
      List<Diagnostic> findings,
      PluginLibrary library) {
    this.components = byKind(entries, false);
    this.exporters = byKind(entries, true);
    this.secrets = List.copyOf(secrets);
    this.findings = List.copyOf(findings);
    this.library = library;
  }

  private static SortedMap<String, Entry> byKind(List<Entry> entries, boolean exporters) {
    SortedMap<String, Entry> byKind = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.isExporter() == exporters && byKind.put(entry.kind(), entry) != null) {
        throw new IllegalArgumentException("kind '" + entry.kind() + "' is there twice");
      }
    }
    return Collections.unmodifiableSortedMap(byKind);
  }

  /** Every usable provider, by kind; of one kind the exporter last. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>(components.values());
    all.addAll(exporters.values());
    all.sort(Comparator.comparing(Entry::kind));
    return List.copyOf(all);
  }

  /**
   * The provider of a component's kind, or null: the runtime adapter, interceptor or price source
   * of that kind, else the exporter. Sections of {@code observability} are exporters only, so a
   * kind may be both ({@code atof} is).
   */
  public @Nullable ComponentProvider provider(String kind) {
    Entry entry = components.getOrDefault(kind, exporters.get(kind));
    return entry == null ? null : entry.provider();
  }

  /** The providers of secrets; each has a scheme of its own. */
  public List<SecretProvider> secretProviders() {
    return secrets.stream().map(Secrets::provider).toList();
  }

  /** The same and where they came from, in the order they were found in. */
  public List<Secrets> secrets() {
    return secrets;
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
   * A provider of secrets and where it came from.
   *
   * @param provider the provider
   * @param location JAR or directory, for people
   * @param isolated whether it has a class loader of its own
   */
  public record Secrets(SecretProvider provider, String location, boolean isolated) {}

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

    boolean isExporter() {
      return provider instanceof ExporterProvider;
    }
  }
}
