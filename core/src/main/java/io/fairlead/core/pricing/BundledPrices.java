package io.fairlead.core.pricing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The price table that may lie on the class path as an artifact of its own, {@code
 * fairlead-pricing-table}: data without code.
 */
final class BundledPrices {

  /** Where the artifact keeps its table, in the format of genai-prices. */
  static final String RESOURCE = "io/fairlead/pricing/table/prices.json";

  private BundledPrices() {}

  /** The table, or null when the artifact is absent or its table is broken. */
  static @Nullable PriceTable load(Faults faults) {
    ClassLoader loader = BundledPrices.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
      String json = in == null ? null : PriceSources.text(in);
      return json == null
          ? null
          : new PriceSources(faults)
              .parse(PriceSources.Format.GENAI_PRICES, json, "bundled prices");
    } catch (IOException e) {
      faults.invalid(null, "the bundled prices cannot be read", null);
      return null;
    }
  }
}
