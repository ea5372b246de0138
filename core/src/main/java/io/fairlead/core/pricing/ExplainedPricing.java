package io.fairlead.core.pricing;

import io.fairlead.spi.ModelPricing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pricing that can be asked about requests of a kind and that names its sources. Thread-safe. */
public interface ExplainedPricing extends ModelPricing {

  /**
   * Works out the cost of one call, or of several together. What goes by the size of one prompt or
   * by the hour is not known of several calls, unless it makes no difference.
   *
   * @param context facts of the request that some catalogs price differently: {@code service_tier},
   *     {@code processing} (batch), {@code speed}
   * @param calls how many calls the usage is the sum of
   */
  Explanation explain(Question question, Map<String, String> context, long calls);

  @Override
  default Quote price(Question question) {
    return explain(question, Map.of(), 1).quote();
  }

  /**
   * A quote and the catalog behind it.
   *
   * @param catalog where the matched entry is from, or null when nothing matched
   * @param note how an entry came to stand in for a model that has none, or null
   */
  record Explanation(Quote quote, @Nullable Catalog catalog, @Nullable String note) {

    /** No cost, and why. */
    static Explanation unknown(String reason) {
      return new Explanation(Quote.unknown(reason), null, null);
    }

    /** Why there is no cost, or why it is another's; null when there is nothing to say. */
    @Nullable String reason() {
      String reason = quote.reason();
      return reason == null || note == null
          ? (reason == null ? note : reason)
          : note + "; " + reason;
    }
  }
}
