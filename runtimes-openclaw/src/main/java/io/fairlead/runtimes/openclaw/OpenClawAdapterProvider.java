package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;

/** Watches the agents of OpenClaw through their transcripts. Kind {@code openclaw}. */
public final class OpenClawAdapterProvider implements RuntimeAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public OpenClawAdapterProvider() {}

  @Override
  public String kind() {
    return OpenClawAdapter.RUNTIME;
  }

  @Override
  public ConfigSpec configSpec() {
    return OpenClawSettings.SPEC;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    OpenClawSettings.validate(config, context);
  }

  @Override
  public RuntimeAdapter create(ComponentContext context) {
    return new OpenClawAdapter(context, OpenClawSettings.of(context));
  }
}
