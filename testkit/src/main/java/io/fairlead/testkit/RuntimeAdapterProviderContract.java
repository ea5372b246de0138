package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import org.junit.jupiter.api.Test;

/** What the kernel expects of a {@link RuntimeAdapterProvider}. */
public abstract class RuntimeAdapterProviderContract
    extends ComponentProviderContract<RuntimeAdapterProvider> {

  @Override
  protected final Class<RuntimeAdapterProvider> serviceType() {
    return RuntimeAdapterProvider.class;
  }

  @Test
  void createStartsNoThreadAndCloseIsSafeWithoutStart() throws Exception {
    ThreadLeaks leaks = ThreadLeaks.watch();
    RuntimeAdapterProvider provider = provider();
    RuntimeAdapter adapter = provider.create(TestContext.of(provider, validConfig()));
    assertThat(leaks.names()).isEmpty();
    adapter.close();
    adapter.close();
  }
}
