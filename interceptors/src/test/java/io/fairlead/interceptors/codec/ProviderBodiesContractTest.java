package io.fairlead.interceptors.codec;

import io.fairlead.spi.Interceptor;
import io.fairlead.testkit.InterceptorContract;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.util.Map;

class ProviderBodiesContractTest extends InterceptorContract {

  @Override
  protected Interceptor interceptor() {
    ProviderBodiesProvider provider = new ProviderBodiesProvider();
    return provider.create(TestContext.of(provider, Tables.of(Map.of())));
  }
}
