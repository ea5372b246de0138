package io.fairlead.core.pricing;

import io.fairlead.spi.Interceptor;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ModelPricing.Question;
import io.fairlead.spi.ModelPricing.Quote;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.UsageReported;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives model calls and sums of calls the cost that pricings know, where the source gave none. The
 * first pricing that knows the model that answered wins; only when none does, the model asked for
 * is tried. A cost is worked out only where the prompt is known bucket by bucket; what is not known
 * stays absent.
 */
public final class PricingInterceptor implements Interceptor {

  private final List<ModelPricing> pricings;

  /** An interceptor that asks these, in this order. */
  public PricingInterceptor(List<ModelPricing> pricings) {
    this.pricings = List.copyOf(pricings);
  }

  @Override
  public Stage stage() {
    return Stage.PRICING;
  }

  @Override
  public Event intercept(Event event) {
    if (event instanceof ScopeEnd end && end.profile() instanceof LlmProfile call) {
      return price(end, call);
    }
    if (event instanceof UsageReported sum) {
      return price(sum);
    }
    return event;
  }

  private Event price(ScopeEnd end, LlmProfile call) {
    if (call.cost() != null) {
      return end;
    }
    TokenUsage usage = call.usage();
    long time = end.start().header().timeNanos();
    Quote quote = quote(call.provider(), call.responseModel(), usage, time, 1);
    String requested = call.requestModel();
    if (quote == null && requested != null && !requested.equals(call.responseModel())) {
      quote = quote(call.provider(), requested, usage, time, 1);
    }
    if (quote == null) {
      return end;
    }
    return new ScopeEnd(
        end.header(),
        end.start(),
        call.withCost(quote.cost()),
        end.outcome(),
        end.timeQuality(),
        end.incomplete());
  }

  private Event price(UsageReported sum) {
    if (sum.cost() != null) {
      return sum;
    }
    TokenUsage usage = sum.usage();
    long time = sum.header().timeNanos();
    Quote quote = quote(sum.provider(), sum.model(), usage, time, sum.calls());
    return quote == null ? sum : sum.withCost(quote.cost(), 0);
  }

  /**
   * How much of the answer was reasoning or audio only matters to pricings that tell them apart.
   */
  private static boolean isPriceable(TokenUsage usage) {
    return !usage.isEmpty()
        && usage.input() >= 0
        && usage.cacheRead() >= 0
        && usage.cacheWrite() >= 0
        && usage.inputAudio() >= 0
        && usage.totalOutput() >= 0;
  }

  /** Where the known buckets hold the whole prompt, nothing is left for the others. */
  private static TokenUsage exact(TokenUsage usage) {
    long known =
        Math.max(0, usage.input())
            + Math.max(0, usage.cacheRead())
            + Math.max(0, usage.cacheWrite5m())
            + Math.max(0, usage.cacheWrite1h())
            + Math.max(0, usage.inputAudio());
    return usage.totalInput() != known
        ? usage
        : new TokenUsage(
            Math.max(0, usage.input()),
            Math.max(0, usage.cacheRead()),
            Math.max(0, usage.cacheWrite5m()),
            Math.max(0, usage.cacheWrite1h()),
            Math.max(0, usage.inputAudio()),
            usage.output(),
            usage.reasoning(),
            usage.outputAudio(),
            usage.totalInput(),
            usage.totalOutput());
  }

  private @Nullable Quote quote(
      @Nullable String provider,
      @Nullable String model,
      @Nullable TokenUsage usage,
      long timeNanos,
      long calls) {
    TokenUsage exact = usage == null ? null : exact(usage);
    if (model == null || exact == null || !isPriceable(exact)) {
      return null;
    }
    Question question = new Question(provider, model, exact, timeNanos);
    for (ModelPricing pricing : pricings) {
      Quote quote = quote(pricing, question, calls);
      if (quote.cost() != null) {
        return quote;
      }
    }
    return null;
  }

  /** Tiers go by the size of one prompt; a pricing that knows no sums cannot tell that of a sum. */
  private static Quote quote(ModelPricing pricing, Question question, long calls) {
    if (pricing instanceof ExplainedPricing explained) {
      return explained.explain(question, Map.of(), calls).quote();
    }
    Quote quote = pricing.price(question);
    return calls == 1 || quote.tier() == null
        ? quote
        : Quote.unknown("the tier is open: the calls are known in sum only");
  }
}
