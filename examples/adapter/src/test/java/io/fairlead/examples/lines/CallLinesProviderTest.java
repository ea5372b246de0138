package io.fairlead.examples.lines;

import static io.fairlead.testkit.Tables.table;

import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.testkit.RuntimeAdapterProviderContract;

class CallLinesProviderTest extends RuntimeAdapterProviderContract {

  @Override
  protected Class<? extends RuntimeAdapterProvider> providerType() {
    return CallLinesProvider.class;
  }

  @Override
  protected ConfigNode.Table validConfig() {
    return table("file", "/var/log/agent/calls.txt");
  }
}
