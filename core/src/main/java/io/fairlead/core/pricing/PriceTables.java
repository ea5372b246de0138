package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import java.time.Duration;
import java.util.List;

/** From the tables of a component to its pricing. */
final class PriceTables {

  private PriceTables() {}

  /**
   * Reports everything found so far and makes the pricing.
   *
   * @throws IllegalArgumentException when a table is invalid; its message names the first fault
   */
  static ModelPricing pricing(
      ComponentContext context,
      List<PriceTable> tables,
      boolean anyProvider,
      Duration staleAfter,
      Faults faults) {
    for (PriceTable table : tables) {
      TableAge.check(table, staleAfter, context.clock(), faults);
    }
    String component = context.instance();
    for (Fault fault : faults.all()) {
      context.diagnostics().report(fault.toDiagnostic(component));
    }
    for (Fault fault : faults.all()) {
      if (fault.isError()) {
        String where = fault.toDiagnostic(component).position() + ": ";
        throw new IllegalArgumentException(
            (where.startsWith("null") ? "" : where) + fault.message());
      }
    }
    return new CatalogPricing(component, tables, anyProvider, context.diagnostics());
  }
}
