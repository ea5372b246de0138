package io.fairlead.core.lifecycle;

import io.fairlead.core.fault.Words;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.Objects;

/** Prices of a plugin: what it throws is a finding and no price. */
public final class GuardedPricing implements ModelPricing {

  private final ComponentScope scope;
  private final ModelPricing plugin;

  private GuardedPricing(ComponentScope scope, ModelPricing plugin) {
    this.scope = scope;
    this.plugin = plugin;
  }

  /** The pricing of a component; Fairlead's own need no guard. */
  public static ModelPricing of(ComponentScope scope, ModelPricing pricing) {
    return scope.isBuiltIn() ? pricing : new GuardedPricing(scope, pricing);
  }

  @Override
  public Quote price(Question question) {
    try {
      return scope.call(() -> Objects.requireNonNull(plugin.price(question), "no answer"));
    } catch (Throwable e) { // a plugin may throw anything
      scope.report(
          Diagnostic.warning(
              "pricing.failed", scope.instance(), "A price could not be found: " + Words.of(e)));
      return Quote.unknown("the plugin failed");
    }
  }
}
