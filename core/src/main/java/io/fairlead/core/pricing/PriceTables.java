package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigView;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From the configuration of a component to its tables, to check them and to use them. */
final class PriceTables {

  private PriceTables() {}

  /** How a kind reads its tables; what is wrong with them becomes faults. */
  @FunctionalInterface
  interface Reading {
    List<PriceTable> read(
        ConfigView config, Function<String, @Nullable String> environment, Faults faults);
  }

  /** Reports every fault of the tables. */
  static void validate(Reading reading, ConfigView config, ValidationContext context) {
    Faults faults = new Faults();
    reading.read(config, context::environment, faults);
    for (Fault fault : faults.all()) {
      context.report(fault.level(), fault.code(), null, fault.at(), fault.message(), fault.hint());
    }
  }

  /**
   * Makes the pricing. Faults that make a table unusable are reported again: a file may have
   * changed since it was checked, or its path may only now be known. Others were said then.
   *
   * @throws IllegalArgumentException when a table is invalid; its message names the first fault
   */
  static ModelPricing create(
      Reading reading, ComponentContext context, boolean anyProvider, Duration staleAfter) {
    Faults faults = new Faults();
    List<PriceTable> tables = reading.read(context.config(), context::environment, faults);
    String component = context.instance();
    List<Fault> errors = faults.all().stream().filter(Fault::isError).toList();
    errors.forEach(fault -> context.diagnostics().report(fault.toDiagnostic(component)));
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(errors.get(0).toText());
    }
    Faults ages = new Faults();
    tables.forEach(table -> TableAge.check(table, staleAfter, context.clock(), ages));
    ages.all().forEach(fault -> context.diagnostics().report(fault.toDiagnostic(component)));
    return new CatalogPricing(component, tables, anyProvider, context.diagnostics());
  }
}
