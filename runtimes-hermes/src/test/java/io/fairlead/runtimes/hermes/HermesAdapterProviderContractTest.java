package io.fairlead.runtimes.hermes;

import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.testkit.RuntimeAdapterProviderContract;

class HermesAdapterProviderContractTest extends RuntimeAdapterProviderContract {

  @Override
  protected Class<? extends RuntimeAdapterProvider> providerType() {
    return HermesAdapterProvider.class;
  }
}
