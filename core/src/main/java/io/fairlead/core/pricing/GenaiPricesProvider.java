package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;

/** {@code kind = "genai_prices"}: prices from a copy of the {@code data.json} of genai-prices. */
public final class GenaiPricesProvider implements PricingProvider {

  private static final ConfigSpec SPEC = ImportedPrices.spec("The data.json of genai-prices");

  /** Called by {@link java.util.ServiceLoader}. */
  public GenaiPricesProvider() {}

  @Override
  public String kind() {
    return "genai_prices";
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
    ImportedPrices.validate(config, context, PriceSources.Format.GENAI_PRICES);
  }

  @Override
  public ModelPricing create(ComponentContext context) {
    return ImportedPrices.create(context, PriceSources.Format.GENAI_PRICES);
  }
}
