package io.fairlead.exporters.prometheus;

import static io.fairlead.testkit.Tables.table;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.testkit.ExporterProviderContract;
import io.fairlead.testkit.SubscriberContract;
import io.fairlead.testkit.TestContext;
import org.junit.jupiter.api.Nested;

/** The provider and its subscriber keep what the kernel expects of them. */
class PrometheusContractTest {

  private static final ConfigNode.Table ANY_PORT = table("port", "auto");

  @Nested
  class Provider extends ExporterProviderContract {

    @Override
    protected Class<? extends ExporterProvider> providerType() {
      return PrometheusExporterProvider.class;
    }

    @Override
    protected ConfigNode.Table validConfig() {
      return ANY_PORT;
    }
  }

  @Nested
  class Endpoint extends SubscriberContract {

    @Override
    protected Subscriber subscriber() {
      PrometheusExporterProvider provider = new PrometheusExporterProvider();
      return provider.create(TestContext.of(provider, ANY_PORT)).get(0);
    }
  }
}
