package io.fairlead.core.pricing;

import io.fairlead.core.pricing.ExplainedPricing.Explanation;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ModelPricing.Question;
import io.fairlead.spi.ModelPricing.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices JSON lines. A line is an object with {@code model}, {@code usage} and mostly {@code
 * provider}; it comes back with {@code status} ({@code estimated}, {@code included}, {@code
 * reported} or {@code unknown}) and, as far as they are known, {@code cost} (decimal text), {@code
 * currency}, {@code matched_entry}, {@code catalog}, {@code tier} and {@code reason}.
 *
 * <p>The counts of {@code usage} are disjoint: {@code input_tokens}, {@code cache_read_tokens},
 * {@code cache_write_tokens}, {@code cache_write_1h_tokens}, {@code input_audio_tokens}, {@code
 * output_tokens}, {@code output_audio_tokens}; only {@code reasoning_tokens} are part of {@code
 * output_tokens}. A count that is absent is 0. {@code timestamp} (RFC 3339), {@code service_tier}
 * and a table {@code context} may say what the price depends on.
 */
public final class PriceLines {

  private final List<ModelPricing> pricings;
  private final InstantSource clock;

  /**
   * Prices lines.
   *
   * @param pricings asked in this order; the first that knows a cost wins
   * @param clock when calls without a {@code timestamp} took place
   */
  public PriceLines(List<? extends ModelPricing> pricings, InstantSource clock) {
    this.pricings = List.copyOf(pricings);
    this.clock = clock;
  }

  /**
   * Reads lines to the end and writes one line for each that is not blank. Neither stream is
   * closed.
   *
   * @return how many lines were no question at all; they come back with a reason
   */
  public long run(InputStream in, Writer out) throws IOException {
    LineReader lines = new LineReader(in);
    PriceLineWriter writer = new PriceLineWriter(out);
    long faulty = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        continue;
      }
      try {
        PriceLine question = PriceLine.parse(line, clock);
        writer.write(line, answer(question));
      } catch (PriceLine.FaultyException e) {
        faulty++;
        writer.writeFault("line " + lines.number() + ": " + e.getMessage());
      }
    }
    out.flush();
    return faulty;
  }

  private Explanation answer(PriceLine line) {
    Question question = line.question();
    if (question == null) {
      return new Explanation(Quote.unknown(String.valueOf(line.fault())), null);
    }
    Explanation best = null;
    for (ModelPricing pricing : pricings) {
      Explanation explanation = explain(pricing, question, line.context());
      if (explanation.quote().cost() != null) {
        return explanation;
      }
      best = better(best, explanation);
    }
    return best == null ? new Explanation(Quote.unknown("there are no prices"), null) : best;
  }

  /** Why a known model has no cost tells more than that a model is not known. */
  private static Explanation better(@Nullable Explanation one, Explanation other) {
    return one == null || one.quote().matchedEntry() == null ? other : one;
  }

  private static Explanation explain(
      ModelPricing pricing, Question question, Map<String, String> context) {
    return pricing instanceof ExplainedPricing explained
        ? explained.explain(question, context)
        : new Explanation(pricing.price(question), null);
  }
}
