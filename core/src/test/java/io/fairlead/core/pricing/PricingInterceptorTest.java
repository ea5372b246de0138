package io.fairlead.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ModelPricing.Question;
import io.fairlead.spi.ModelPricing.Quote;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.UsageReported;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricingInterceptorTest {

  private static final TokenUsage COMPLETE = TokenUsage.of(10, 0, 0, 5, 0);

  private final List<Question> questions = new ArrayList<>();

  private ModelPricing knows(String model, String amount, @Nullable String tier) {
    return question -> {
      questions.add(question);
      return question.model().equals(model)
          ? new Quote(cost(amount), model, tier, null)
          : Quote.unknown("no entry");
    };
  }

  private static Cost cost(String amount) {
    return new Cost(new BigDecimal(amount), "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG);
  }

  private static EventHeader header(long time) {
    UUID uuid = new UUID(0, 7);
    return new EventHeader(uuid, null, uuid, time, "openai", Origin.of("test"));
  }

  private static ScopeEnd call(LlmProfile profile) {
    ScopeStart start = new ScopeStart(header(100), ScopeCategory.LLM, null);
    return new ScopeEnd(header(200), start, profile, Outcome.UNSET, TimeQuality.EXACT, false);
  }

  private static LlmProfile.Builder profile() {
    return LlmProfile.builder().provider("openai").requestModel("asked").usage(COMPLETE);
  }

  private static @Nullable Cost costOf(@Nullable Event event) {
    if (event instanceof ScopeEnd end && end.profile() instanceof LlmProfile call) {
      return call.cost();
    }
    return event instanceof UsageReported sum ? sum.cost() : null;
  }

  @Test
  void theFirstPricingThatKnowsTheModelWins() {
    PricingInterceptor pricing =
        new PricingInterceptor(
            List.of(
                knows("other", "9", null), knows("asked", "2", null), knows("asked", "3", null)));
    assertThat(costOf(pricing.intercept(call(profile().build())))).isEqualTo(cost("2"));
    assertThat(questions).hasSize(2).allMatch(question -> question.timeNanos() == 100);
  }

  @Test
  void theModelThatAnsweredIsAskedForFirst() {
    LlmProfile answered = profile().responseModel("answered").build();
    PricingInterceptor both =
        new PricingInterceptor(List.of(knows("asked", "1", null), knows("answered", "2", null)));
    assertThat(costOf(both.intercept(call(answered)))).isEqualTo(cost("2"));
    PricingInterceptor asked = new PricingInterceptor(List.of(knows("asked", "1", null)));
    assertThat(costOf(asked.intercept(call(answered)))).isEqualTo(cost("1"));
  }

  @Test
  void nothingIsInvented() {
    PricingInterceptor pricing = new PricingInterceptor(List.of(knows("asked", "1", null)));
    List<LlmProfile> unpriceable =
        List.of(
            profile().usage(null).build(),
            profile().usage(TokenUsage.totals(10, 2, 5)).build(),
            profile().usage(TokenUsage.ZERO).build(),
            profile().requestModel(null).build());
    for (LlmProfile profile : unpriceable) {
      ScopeEnd end = call(profile);
      assertThat(pricing.intercept(end)).isSameAs(end);
    }
    assertThat(questions).isEmpty();
    ScopeEnd priced = call(profile().cost(cost("5")).build());
    assertThat(pricing.intercept(priced)).isSameAs(priced);
  }

  @Test
  void aSumIsPricedUnlessThePriceGoesByTheSizeOfOnePrompt() {
    UsageReported sum = new UsageReported(header(1), "openai", "asked", null, 3, COMPLETE, null, 3);
    PricingInterceptor flat = new PricingInterceptor(List.of(knows("asked", "1", null)));
    PricingInterceptor tiered = new PricingInterceptor(List.of(knows("asked", "1", "<=200k")));
    assertThat(flat.intercept(sum)).isEqualTo(sum.withCost(cost("1"), 0));
    assertThat(tiered.intercept(sum)).isSameAs(sum);
  }
}
