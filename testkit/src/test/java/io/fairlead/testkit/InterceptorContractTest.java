package io.fairlead.testkit;

import io.fairlead.spi.Interceptor;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeStart;
import org.jspecify.annotations.Nullable;

/**
 * The contract holds for an interceptor that takes payloads out and drops what it does not know.
 */
class InterceptorContractTest extends InterceptorContract {

  @Override
  protected Interceptor interceptor() {
    return new Interceptor() {
      @Override
      public @Nullable Event intercept(Event event) {
        return event instanceof ScopeStart start
            ? new ScopeStart(start.header().withData(null), start.category(), start.profile())
            : null;
      }

      @Override
      public Stage stage() {
        return Stage.REDACTION;
      }
    };
  }
}
