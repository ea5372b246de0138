package io.fairlead.examples.flatrate;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * Kind {@code flat_rate}: one price for every token of a model, however it was used.
 *
 * <pre>{@code
 * [[components]]
 * kind = "flat_rate"
 *
 * [components.config]
 * model = "house-model"
 * per_million = 0.5
 * }</pre>
 */
public final class FlatRateProvider implements PricingProvider {

  /** Called by the service loader. */
  public FlatRateProvider() {}

  @Override
  public String kind() {
    return "flat_rate";
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public ConfigSpec configSpec() {
    return ConfigSpec.of(
        FieldSpec.string("model", "Model the price is for.").asRequired(),
        FieldSpec.of("per_million", FieldType.DECIMAL, "USD for a million tokens.").asRequired());
  }

  @Override
  public ModelPricing create(ComponentContext context) {
    ConfigView config = context.config();
    BigDecimal rate = Objects.requireNonNull(config.decimalOrNull("per_million"));
    return new FlatRate(config.string("model"), rate);
  }
}
