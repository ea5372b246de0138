package io.fairlead.core;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.validation.KernelSettings;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.ValidationReport;
import java.util.List;

/** For programs that register subscribers by hand and have no document. */
public final class Hubs {

  private Hubs() {}

  /** A kernel without components, its log in memory, with default settings. */
  public static ActivePlugins inMemory() {
    return inMemory(KernelSettings.DEFAULT, KernelOptions.defaults());
  }

  /** A kernel without components, its log in memory. */
  public static ActivePlugins inMemory(KernelSettings settings, KernelOptions options) {
    Plan nothing = new Plan(new ValidationReport(List.of()), settings, List.of());
    KernelOptions memory = options.toBuilder().dataDir(null).durable(false).build();
    try {
      return ActivePlugins.start(
          new Prepared(nothing, List.of(), new ComponentCatalog(List.of(), List.of())), memory);
    } catch (InitializationException e) {
      throw new IllegalStateException("a subscriber did not start", e);
    }
  }
}
