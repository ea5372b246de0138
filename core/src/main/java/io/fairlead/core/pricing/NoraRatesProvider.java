package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code kind = "nora_rates"}: the prices of Nora's two variables, or of the fields of the same
 * name. A price for models without an entry is used only when it is given.
 */
public final class NoraRatesProvider implements PricingProvider {

  private static final String PER_THOUSAND = "cost_per_1k_tokens";
  private static final String MODELS = "cost_model_rates_json";
  private static final String PER_THOUSAND_VARIABLE = "COST_PER_1K_TOKENS";
  private static final String MODELS_VARIABLE = "COST_MODEL_RATES_JSON";

  private static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.string(
              PER_THOUSAND,
              "Price of a thousand tokens of models without an entry; else COST_PER_1K_TOKENS."),
          FieldSpec.string(
              MODELS, "Prices by model as a JSON object in a string; else COST_MODEL_RATES_JSON."));

  /** Called by {@link java.util.ServiceLoader}. */
  public NoraRatesProvider() {}

  @Override
  public String kind() {
    return "nora_rates";
  }

  @Override
  public ConfigSpec configSpec() {
    return SPEC;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    Faults faults = new Faults();
    read(config, context::environment, faults);
    for (Fault fault : faults.all()) {
      context.report(fault.level(), fault.code(), null, null, fault.message(), fault.hint());
    }
  }

  @Override
  public ModelPricing create(ComponentContext context) {
    Faults faults = new Faults();
    PriceTable table = read(context.config(), context::environment, faults);
    return PriceTables.pricing(context, List.of(table), false, Duration.ZERO, faults);
  }

  private static PriceTable read(
      ConfigView config, Function<String, @Nullable String> environment, Faults faults) {
    String perThousand = config.stringOrNull(PER_THOUSAND);
    String models = config.stringOrNull(MODELS);
    return new NoraReader(new Catalog("Nora's rates", null), faults)
        .read(
            perThousand == null ? environment.apply(PER_THOUSAND_VARIABLE) : perThousand,
            models == null ? environment.apply(MODELS_VARIABLE) : models);
  }
}
