package io.fairlead.core.pricing;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.testkit.ComponentProviderContract;
import io.fairlead.testkit.PricingContract;
import org.junit.jupiter.api.Nested;

/** The pricing providers keep the contracts that every plugin's keep. */
class PricingProvidersContractTest {

  abstract static class Provider extends ComponentProviderContract<PricingProvider> {
    @Override
    protected Class<PricingProvider> serviceType() {
      return PricingProvider.class;
    }
  }

  @Nested
  class Catalogs extends Provider {
    @Override
    protected Class<? extends PricingProvider> providerType() {
      return CatalogPricingProvider.class;
    }
  }

  @Nested
  class LiteLlm extends Provider {
    @Override
    protected Class<? extends PricingProvider> providerType() {
      return LiteLlmPricingProvider.class;
    }
  }

  @Nested
  class GenaiPrices extends Provider {
    @Override
    protected Class<? extends PricingProvider> providerType() {
      return GenaiPricesProvider.class;
    }
  }

  @Nested
  class Nora extends Provider {
    @Override
    protected Class<? extends PricingProvider> providerType() {
      return NoraRatesProvider.class;
    }
  }

  @Nested
  class Pricing extends PricingContract {
    @Override
    protected ModelPricing pricing() throws Exception {
      String rates =
          ",\"rates\":{\"input_per_million\":3,\"output_per_million\":15,"
              + "\"cache_read_per_million\":0.3}";
      return Fixture.catalog(Fixture.entry("anthropic", "claude-sonnet-4-5", rates)).create();
    }

    @Override
    protected String knownProvider() {
      return "anthropic";
    }

    @Override
    protected String knownModel() {
      return "claude-sonnet-4.5";
    }
  }
}
