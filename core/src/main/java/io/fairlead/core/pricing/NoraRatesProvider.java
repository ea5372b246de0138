package io.fairlead.core.pricing;

import io.fairlead.core.config.Variables;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
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
    PriceTables.validate(NoraRatesProvider::read, config, context);
  }

  @Override
  public ModelPricing create(ComponentContext context) {
    return PriceTables.create(NoraRatesProvider::read, context, false, Duration.ZERO);
  }

  private static List<PriceTable> read(
      ConfigView config, Function<String, @Nullable String> environment, Faults faults) {
    return List.of(
        new NoraReader(new Catalog("Nora's rates", null), faults)
            .read(
                setting(config, PER_THOUSAND, environment, PER_THOUSAND_VARIABLE),
                setting(config, MODELS, environment, MODELS_VARIABLE)));
  }

  /** A field of the document, else the variable; null when there is neither or it is not known. */
  private static NoraReader.@Nullable Setting setting(
      ConfigView config,
      String field,
      Function<String, @Nullable String> environment,
      String variable) {
    ConfigNode node = config.node(field);
    String text = node == null ? environment.apply(variable) : Variables.known(node);
    return text == null
        ? null
        : new NoraReader.Setting(node == null ? variable : field, text, node);
  }
}
