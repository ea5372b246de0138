package io.fairlead.core;

import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.diagnostic.DiagnosticSink;

/** Makes components of a kernel. */
final class ComponentMaker {

  private final Dispatcher dispatcher;
  private final KernelOptions options;
  private final ComponentScope.Surroundings surroundings;

  ComponentMaker(Dispatcher dispatcher, KernelOptions options, DiagnosticSink diagnostics) {
    this.dispatcher = dispatcher;
    this.options = options;
    this.surroundings =
        new ComponentScope.Surroundings(
            options.environment(),
            options.clock(),
            options.readsEverything(),
            diagnostics,
            dispatcher);
  }

  /** Makes a component. Opens nothing. */
  Component make(PlannedComponent planned) throws ComponentFault, InterruptedException {
    ComponentScope scope = new ComponentScope(planned, surroundings);
    ComponentProvider provider = planned.provider();
    if (provider instanceof PricingProvider pricing) {
      return new PricingComponent(planned, scope, pricing);
    }
    if (provider instanceof InterceptorProvider interceptor) {
      return new InterceptorComponent(planned, scope, interceptor);
    }
    if (provider instanceof ExporterProvider exporter) {
      return new ExporterComponent(planned, scope, exporter, dispatcher, beginning());
    }
    if (provider instanceof RuntimeAdapterProvider adapter) {
      return new AdapterComponent(planned, scope, adapter, dispatcher, options.retryPauses());
    }
    throw new IllegalArgumentException("a provider of no known sort: " + provider.getClass());
  }

  /** Where a subscriber begins that has no place in the log yet. */
  Beginning beginning() {
    return options.readsEverything() ? Beginning.OLDEST : Beginning.NEWEST;
  }
}
