package io.fairlead.runtimes.atof;

import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.testkit.RuntimeAdapterProviderContract;

class AtofAdapterProviderContractTest extends RuntimeAdapterProviderContract {

  @Override
  protected Class<? extends RuntimeAdapterProvider> providerType() {
    return AtofAdapterProvider.class;
  }
}
