package io.fairlead.resources;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;

/**
 * Measures CPU, memory, disk and network use and emits it as metric marks. Kind {@code
 * resource_metrics}. Nothing that asks the operating system is loaded before the first measurement.
 */
public final class ResourceMetricsProvider implements RuntimeAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public ResourceMetricsProvider() {}

  @Override
  public String kind() {
    return "resource_metrics";
  }

  @Override
  public ConfigSpec configSpec() {
    return ResourceFields.SPEC;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    ResourceSettings.validate(config, context);
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public RuntimeAdapter create(ComponentContext context) {
    return new ResourceMetricsAdapter(
        context, ResourceSettings.of(context.config()), OshiMachine::new);
  }
}
