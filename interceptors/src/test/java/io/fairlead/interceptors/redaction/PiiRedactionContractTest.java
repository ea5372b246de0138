package io.fairlead.interceptors.redaction;

import io.fairlead.spi.Interceptor;
import io.fairlead.testkit.InterceptorContract;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.util.Map;

class PiiRedactionContractTest extends InterceptorContract {

  @Override
  protected Interceptor interceptor() {
    PiiRedactionProvider provider = new PiiRedactionProvider();
    return provider.create(
        TestContext.of(
            provider, Tables.of(Map.of("builtin", Map.of("action", "mask", "detector", "email")))));
  }
}
