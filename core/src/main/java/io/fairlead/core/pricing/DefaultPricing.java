package io.fairlead.core.pricing;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The pricing of a document that says nothing about prices: the bundled table. */
public final class DefaultPricing {

  private static final String COMPONENT = "pricing";

  private DefaultPricing() {}

  /**
   * The bundled table as a pricing; empty when its artifact {@code fairlead-pricing-table} is not
   * on the class path. Takes some tenths of a second.
   *
   * @param clock tells whether the table is old, which is a finding
   * @param diagnostics takes findings, now and when calls are priced
   */
  public static Optional<ModelPricing> load(InstantSource clock, DiagnosticSink diagnostics) {
    Faults faults = new Faults();
    PriceTable table = BundledPrices.load(faults);
    if (table != null) {
      TableAge.check(table, StaleAfter.DEFAULT, clock, faults);
    }
    faults.all().forEach(fault -> diagnostics.report(fault.toDiagnostic(COMPONENT)));
    return table == null || faults.hasErrors()
        ? Optional.empty()
        : Optional.of(new CatalogPricing(COMPONENT, List.of(table), false, diagnostics));
  }
}
