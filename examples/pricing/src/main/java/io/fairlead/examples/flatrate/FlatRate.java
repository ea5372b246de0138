package io.fairlead.examples.flatrate;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;

/** Multiplies. What is not known is said to be not known: there is no price of 0 by accident. */
record FlatRate(String model, BigDecimal perMillion) implements ModelPricing {

  @Override
  public Quote price(Question question) {
    TokenUsage usage = question.usage();
    if (!question.model().equals(model)) {
      return Quote.unknown("no price for the model " + question.model());
    }
    if (usage.totalInput() == TokenUsage.UNKNOWN || usage.totalOutput() == TokenUsage.UNKNOWN) {
      return Quote.unknown("the tokens are not known");
    }
    BigDecimal tokens = BigDecimal.valueOf(usage.totalInput() + usage.totalOutput());
    // Exact: a price is a decimal number, and so is a cost.
    BigDecimal amount = tokens.multiply(perMillion).movePointLeft(6);
    Cost cost = new Cost(amount, "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG);
    return new Quote(cost, model, null, null);
  }
}
