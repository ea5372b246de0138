package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;

/**
 * {@code kind = "litellm_prices"}: prices from a copy of LiteLLM's {@code
 * model_prices_and_context_window.json}.
 */
public final class LiteLlmPricingProvider implements PricingProvider {

  private static final ConfigSpec SPEC =
      ImportedPrices.spec("LiteLLM's model_prices_and_context_window.json");

  /** Called by {@link java.util.ServiceLoader}. */
  public LiteLlmPricingProvider() {}

  @Override
  public String kind() {
    return "litellm_prices";
  }

  @Override
  public ConfigSpec configSpec() {
    return SPEC;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    ImportedPrices.validate(config, context, PriceSources.Format.LITELLM);
  }

  @Override
  public ModelPricing create(ComponentContext context) {
    return ImportedPrices.create(context, PriceSources.Format.LITELLM);
  }
}
