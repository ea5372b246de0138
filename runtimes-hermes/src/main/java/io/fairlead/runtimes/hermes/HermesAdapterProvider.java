package io.fairlead.runtimes.hermes;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;

/** Watches Hermes Agent through its store and its log. Kind {@code hermes}. */
public final class HermesAdapterProvider implements RuntimeAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public HermesAdapterProvider() {}

  @Override
  public String kind() {
    return "hermes";
  }

  @Override
  public ConfigSpec configSpec() {
    return HermesSettings.SPEC;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    HermesSettings.validate(config, context);
  }

  @Override
  public RuntimeAdapter create(ComponentContext context) {
    return new HermesAdapter(context, HermesSettings.of(context));
  }
}
