package io.fairlead.core;

import io.fairlead.core.validation.KernelSettings;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import java.util.ArrayList;
import java.util.List;

/** Providers around ready-made parts, and plans of them. */
final class Fakes {

  private Fakes() {}

  /** Makes a part. */
  interface Maker<T> {
    T make(ComponentContext context) throws Exception;
  }

  record Exporter(String kind, Maker<List<Subscriber>> maker) implements ExporterProvider {
    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public List<Subscriber> create(ComponentContext context) throws Exception {
      return maker.make(context);
    }
  }

  record Adapter(String kind, Maker<RuntimeAdapter> maker) implements RuntimeAdapterProvider {
    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public RuntimeAdapter create(ComponentContext context) throws Exception {
      return maker.make(context);
    }
  }

  record Interception(String kind, Maker<Interceptor> maker) implements InterceptorProvider {
    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public Interceptor create(ComponentContext context) throws Exception {
      return maker.make(context);
    }
  }

  record Pricing(String kind, Maker<ModelPricing> maker) implements PricingProvider {
    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public ModelPricing create(ComponentContext context) throws Exception {
      return maker.make(context);
    }
  }

  static PlannedComponent component(ComponentProvider provider) {
    return component(provider, ConfigView.of(ConfigSpec.EMPTY, ConfigNode.Table.EMPTY));
  }

  static PlannedComponent component(ComponentProvider provider, ConfigView config) {
    return new PlannedComponent(provider, provider.kind(), true, config);
  }

  static Plan plan(PlannedComponent... components) {
    return new Plan(new ValidationReport(List.of()), KernelSettings.DEFAULT, List.of(components));
  }

  static Plan plan(ComponentProvider... providers) {
    List<PlannedComponent> components = new ArrayList<>();
    for (ComponentProvider provider : providers) {
      components.add(component(provider));
    }
    return plan(components.toArray(PlannedComponent[]::new));
  }
}
