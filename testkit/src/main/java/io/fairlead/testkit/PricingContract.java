package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ModelPricing.Question;
import io.fairlead.spi.ModelPricing.Quote;
import io.fairlead.spi.event.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the kernel expects of a {@link ModelPricing}. */
public abstract class PricingContract {

  private static final String NO_SUCH_MODEL = "no-such-model-\u0000-東京";

  private static final List<TokenUsage> USAGES =
      List.of(
          TokenUsage.ZERO,
          TokenUsage.of(80, 20, 3, 11, 5),
          TokenUsage.totals(TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN),
          TokenUsage.totals(Long.MAX_VALUE / 4, 0, Long.MAX_VALUE / 4));

  /** A pricing that knows {@link #knownModel()}. */
  protected abstract ModelPricing pricing() throws Exception;

  /** The provider of a model it knows, or null when it asks for none. */
  protected abstract @Nullable String knownProvider();

  /** A model it knows. */
  protected abstract String knownModel();

  @Test
  void anUnknownModelHasNoCostAndAReason() throws Exception {
    for (TokenUsage usage : USAGES) {
      Quote quote = ask(pricing(), null, NO_SUCH_MODEL, usage);
      assertThat(quote.cost()).as("cost of an unknown model").isNull();
      assertThat(quote.reason()).isNotBlank();
    }
  }

  @Test
  void aKnownModelHasACostAndAnEntry() throws Exception {
    Quote quote = ask(pricing(), knownProvider(), knownModel(), TokenUsage.of(80, 20, 0, 11, 0));
    assertThat(quote.reason()).isNull();
    assertThat(quote.cost()).isNotNull();
    assertThat(quote.matchedEntry()).isNotBlank();
  }

  @Test
  void everyQuoteHasEitherACostOrAReasonAndStaysTheSame() throws Exception {
    ModelPricing pricing = pricing();
    for (TokenUsage usage : USAGES) {
      Quote quote = ask(pricing, knownProvider(), knownModel(), usage);
      assertThat(quote.cost() == null).as("%s", quote).isEqualTo(quote.reason() != null);
      assertThat(ask(pricing, knownProvider(), knownModel(), usage)).isEqualTo(quote);
    }
  }

  private static Quote ask(
      ModelPricing pricing, @Nullable String provider, String model, TokenUsage usage) {
    return pricing.price(new Question(provider, model, usage, Fixtures.START_NANOS));
  }
}
