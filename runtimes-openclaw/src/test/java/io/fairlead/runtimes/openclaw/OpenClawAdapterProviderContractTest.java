package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.testkit.RuntimeAdapterProviderContract;

class OpenClawAdapterProviderContractTest extends RuntimeAdapterProviderContract {

  @Override
  protected Class<? extends RuntimeAdapterProvider> providerType() {
    return OpenClawAdapterProvider.class;
  }
}
