package io.fairlead.testkit;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ModelPricing.Quote;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The contract holds for a table of one model. */
class PricingContractTest extends PricingContract {

  @Override
  protected ModelPricing pricing() {
    return question -> {
      if (!"known".equals(question.model())) {
        return Quote.unknown("no entry");
      }
      long tokens = question.usage().totalInput();
      return tokens == TokenUsage.UNKNOWN
          ? Quote.unknown("tokens not known")
          : new Quote(
              new Cost(
                  BigDecimal.valueOf(tokens), "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG),
              "known",
              null,
              null);
    };
  }

  @Override
  protected @Nullable String knownProvider() {
    return null;
  }

  @Override
  protected String knownModel() {
    return "known";
  }
}
