package io.fairlead.core.pricing;

import io.fairlead.core.config.Variables;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import java.util.List;

/** What the importers of published price files have in common. */
final class ImportedPrices {

  private static final String PATH = "path";

  private ImportedPrices() {}

  static ConfigSpec spec(String what) {
    return ConfigSpec.of(
        FieldSpec.string(PATH, what + "; a relative path lies beside the document.").asRequired(),
        StaleAfter.FIELD);
  }

  static void validate(ConfigView config, ValidationContext context, PriceSources.Format format) {
    PriceTables.validate(reading(format), config, context);
  }

  static ModelPricing create(ComponentContext context, PriceSources.Format format) {
    return PriceTables.create(reading(format), context, false, StaleAfter.of(context.config()));
  }

  private static PriceTables.Reading reading(PriceSources.Format format) {
    return (config, environment, faults) -> {
      ConfigNode at = config.node(PATH);
      String path = Variables.known(at);
      PriceTable table = path == null ? null : new PriceSources(faults).file(format, path, at);
      return table == null ? List.of() : List.of(table);
    };
  }
}
