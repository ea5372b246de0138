package io.fairlead.cli;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapterProvider;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the kinds of a document do. */
final class Kinds {

  /** The component that only expands to exporters, and therefore has no provider of its own. */
  private static final String OBSERVABILITY = "observability";

  private final ComponentCatalog catalog;

  private Kinds(ComponentCatalog catalog) {
    this.catalog = catalog;
  }

  /** The kinds that can be used. Nothing of a plugin is called. */
  static Kinds of(Kernel kernel, @Nullable Path pluginsDir) {
    try (ComponentCatalog catalog = kernel.catalog(pluginsDir)) {
      return new Kinds(catalog);
    }
  }

  /** Whether components of a kind read what agents do. */
  boolean reads(String kind) {
    return catalog.provider(kind) instanceof RuntimeAdapterProvider;
  }

  /** Whether components of a kind know prices. */
  boolean prices(String kind) {
    return catalog.provider(kind) instanceof PricingProvider;
  }

  /** Whether components of a kind deliver events elsewhere. */
  boolean delivers(String kind) {
    return kind.equals(OBSERVABILITY) || catalog.provider(kind) instanceof ExporterProvider;
  }
}
