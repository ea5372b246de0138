package io.fairlead.examples.flatrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.testkit.PricingContract;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlatRateTest extends PricingContract {

  @Override
  protected ModelPricing pricing() {
    return new FlatRate("house-model", new BigDecimal("0.5"));
  }

  @Override
  protected @Nullable String knownProvider() {
    return null;
  }

  @Override
  protected String knownModel() {
    return "house-model";
  }

  @Test
  void everyTokenCostsTheSame() {
    TokenUsage usage = TokenUsage.totals(1_000, TokenUsage.UNKNOWN, 200);
    ModelPricing.Quote quote =
        pricing().price(new ModelPricing.Question(null, "house-model", usage, 0));
    assertThat(Objects.requireNonNull(quote.cost()).amount()).isEqualByComparingTo("0.0006");
  }
}
