package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import java.util.List;

/** What the importers of published price files have in common. */
final class ImportedPrices {

  private ImportedPrices() {}

  static ConfigSpec spec(String what) {
    return ConfigSpec.of(
        FieldSpec.string("path", what + "; a relative path lies beside the document.").asRequired(),
        StaleAfter.FIELD);
  }

  static ModelPricing create(ComponentContext context, PriceSources.Format format) {
    ConfigView config = context.config();
    Faults faults = new Faults();
    PriceTable table =
        new PriceSources(faults).file(format, config.string("path"), config.node("path"));
    List<PriceTable> tables = table == null ? List.of() : List.of(table);
    return PriceTables.pricing(context, tables, false, StaleAfter.of(config), faults);
  }
}
