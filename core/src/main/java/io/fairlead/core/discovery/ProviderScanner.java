package io.fairlead.core.discovery;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.SecretProvider;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds providers through {@link ServiceLoader}. A provider that cannot be used is a finding that
 * names its JAR and never keeps another from being found. Providers are made, which they are cheap
 * for by contract; nothing of them is started.
 *
 * <p>Of several that claim one kind, Fairlead's own has it, else the first of the class path, else
 * the first isolated plugin by name.
 */
public final class ProviderScanner {

  /** Code of the finding that a plugin cannot be used. */
  public static final String LOAD_FAILED = "plugin.load_failed";

  private static final List<Class<?>> SERVICES =
      List.of(
          PricingProvider.class,
          InterceptorProvider.class,
          ExporterProvider.class,
          RuntimeAdapterProvider.class,
          SecretProvider.class);

  private final PluginLibrary library;
  private final List<ClassLoader> loaders;

  /** A scanner of what these class loaders see. */
  public ProviderScanner(ClassLoader... loaders) {
    this(PluginLibrary.NONE, loaders);
  }

  /** A scanner of what these class loaders see, and of isolated plugins. */
  public ProviderScanner(PluginLibrary library, ClassLoader... loaders) {
    this.library = library;
    this.loaders = List.of(loaders);
  }

  /** Looks once. The catalog has the library. */
  public ComponentCatalog scan() {
    ProviderSearch search = new ProviderSearch();
    library.findings().forEach(search::report);
    for (ClassLoader loader : loaders) {
      SERVICES.forEach(service -> search.services(service, loader, null));
    }
    for (IsolatedPlugin plugin : library.plugins()) {
      search.begin();
      SERVICES.forEach(service -> search.services(service, plugin.loader(), plugin));
      search.end(plugin);
    }
    return search.catalog(library);
  }
}
