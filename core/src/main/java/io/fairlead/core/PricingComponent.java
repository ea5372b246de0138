package io.fairlead.core;

import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.lifecycle.GuardedPricing;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A component that knows prices. */
final class PricingComponent extends Component {

  private final ModelPricing pricing;

  PricingComponent(PlannedComponent planned, ComponentScope scope, PricingProvider provider)
      throws ComponentFault, InterruptedException {
    super(planned, scope);
    this.pricing =
        GuardedPricing.of(
            scope, Steps.start(scope, () -> Objects.requireNonNull(provider.create(scope))));
  }

  ModelPricing pricing() {
    return pricing;
  }

  @Override
  void end(Remains remains, Duration time, List<String> abandoned) {
    // It holds nothing.
  }
}
