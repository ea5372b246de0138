package io.fairlead.runtimes.atof;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;

/** Reads ATOF event streams: files, and an endpoint for streams and hooks. Kind {@code atof}. */
public final class AtofAdapterProvider implements RuntimeAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public AtofAdapterProvider() {}

  @Override
  public String kind() {
    return "atof";
  }

  @Override
  public ConfigSpec configSpec() {
    return AtofSettings.SPEC;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    AtofSettings.validate(config, context);
  }

  @Override
  public RuntimeAdapter create(ComponentContext context) {
    return new AtofAdapter(context, AtofSettings.of(context));
  }
}
