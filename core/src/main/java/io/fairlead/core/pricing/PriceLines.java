package io.fairlead.core.pricing;

import io.fairlead.core.pricing.ExplainedPricing.Explanation;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ModelPricing.Question;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.time.InstantSource;
import java.util.List;
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
 * output_tokens}. A count that is absent is 0 as long as there is any; one that is null is not
 * known. {@code timestamp} (RFC 3339), {@code service_tier} and a table {@code context} may say
 * what the price depends on, and {@code calls} that the usage is the sum of several calls.
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
   * Reads lines to the end and writes one line for each that is not blank. What was written is
   * flushed before more input is waited for. Neither stream is closed.
   *
   * @return how many lines were no question at all; they come back with a reason
   */
  public long run(InputStream in, Writer out) throws IOException {
    LineReader lines = new LineReader(in, out);
    PriceLineWriter writer = new PriceLineWriter(out);
    long faulty = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String here = "line " + lines.number() + ": ";
      if (lines.isTooLong()) {
        faulty++;
        writer.writeFault(here + "it is longer than " + LineReader.MAX_BYTES + " bytes");
      } else if (!line.isBlank() && !answer(line, here, writer)) {
        faulty++;
      }
    }
    out.flush();
    return faulty;
  }

  /** Writes the answer to a line; false when it was no question. */
  private boolean answer(String line, String here, PriceLineWriter writer) throws IOException {
    try {
      writer.write(line, answer(PriceLine.parse(line, clock)));
      return true;
    } catch (PriceLine.FaultyException e) {
      String reason = here + e.getMessage();
      if (e.isObject()) {
        writer.write(line, Explanation.unknown(reason));
      } else {
        writer.writeFault(reason);
      }
      return false;
    }
  }

  private Explanation answer(PriceLine line) {
    Question question = line.question();
    if (question == null) {
      return Explanation.unknown(String.valueOf(line.fault()));
    }
    Explanation best = null;
    for (ModelPricing pricing : pricings) {
      Explanation explanation = explain(pricing, question, line);
      if (explanation.quote().cost() != null) {
        return explanation;
      }
      best = better(best, explanation);
    }
    return best == null ? Explanation.unknown("there are no prices") : best;
  }

  /** Why a known model has no cost tells more than that a model is not known. */
  private static Explanation better(@Nullable Explanation one, Explanation other) {
    return one == null || one.quote().matchedEntry() == null ? other : one;
  }

  private static Explanation explain(ModelPricing pricing, Question question, PriceLine line) {
    return pricing instanceof ExplainedPricing explained
        ? explained.explain(question, line.context(), line.calls())
        : new Explanation(pricing.price(question), null, null);
  }
}
