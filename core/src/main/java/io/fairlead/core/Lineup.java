package io.fairlead.core;

import io.fairlead.core.config.PlainValues;
import io.fairlead.core.dispatch.InterceptorChain;
import io.fairlead.core.pricing.PricingInterceptor;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The components that run at one moment.
 *
 * @param components in document order
 * @param byDefault asked for prices when no component is, or null
 */
record Lineup(List<Component> components, @Nullable ModelPricing byDefault) {

  static final Lineup EMPTY = new Lineup(List.of(), null);

  Lineup {
    components = List.copyOf(components);
  }

  /** Those of one sort, in document order. */
  <T extends Component> List<T> of(Class<T> sort) {
    return components.stream().filter(sort::isInstance).map(sort::cast).toList();
  }

  /** Pricings in the order they are asked. */
  List<ModelPricing> pricings() {
    List<ModelPricing> pricings = new ArrayList<>();
    if (byDefault != null) {
      pricings.add(byDefault);
    }
    of(PricingComponent.class).forEach(component -> pricings.add(component.pricing()));
    return List.copyOf(pricings);
  }

  /** What events pass through. */
  InterceptorChain chain(DiagnosticSink diagnostics) {
    List<InterceptorChain.Link> links = new ArrayList<>();
    of(InterceptorComponent.class).forEach(component -> links.add(component.link()));
    List<ModelPricing> pricings = pricings();
    if (!pricings.isEmpty()) {
      links.add(
          new InterceptorChain.Link(
              "model_pricing", new PricingInterceptor(pricings), diagnostics, null));
    }
    return new InterceptorChain(links);
  }

  /** The component that is what a document asks for already, or null. */
  @Nullable Component like(PlannedComponent wanted) {
    for (Component component : components) {
      PlannedComponent planned = component.planned();
      if (planned.instance().equals(wanted.instance())
          && planned.provider().getClass() == wanted.provider().getClass()
          && PlainValues.of(planned.config().table())
              .equals(PlainValues.of(wanted.config().table()))) {
        return component;
      }
    }
    return null;
  }
}
