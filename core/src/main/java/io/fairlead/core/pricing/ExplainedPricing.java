package io.fairlead.core.pricing;

import io.fairlead.spi.ModelPricing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pricing that can be asked about requests of a kind and that names its sources. Thread-safe. */
public interface ExplainedPricing extends ModelPricing {

  /**
   * Works out the cost of one call.
   *
   * @param context facts of the request that some catalogs price differently: {@code service_tier},
   *     {@code processing} (batch), {@code speed}
   */
  Explanation explain(Question question, Map<String, String> context);

  @Override
  default Quote price(Question question) {
    return explain(question, Map.of()).quote();
  }

  /**
   * A quote and the catalog behind it.
   *
   * @param catalog where the matched entry is from, or null when nothing matched
   */
  record Explanation(Quote quote, @Nullable Catalog catalog) {}
}
