package io.fairlead.resources;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.testkit.RuntimeAdapterContract;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.util.Map;

/** A clock that stands still is one measurement, however often it is asked for. */
class ResourceMetricsContractTest extends RuntimeAdapterContract {

  @Override
  protected RuntimeAdapter adapter() {
    TestContext context =
        TestContext.of(
            new ResourceMetricsProvider(), Tables.table("polling", Map.of("enabled", true)));
    return new ResourceMetricsAdapter(
        new ListenedContext(context), ResourceSettings.of(context.config()), FakeMachine::new);
  }
}
