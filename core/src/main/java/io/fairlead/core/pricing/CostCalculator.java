package io.fairlead.core.pricing;

import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens times prices. Exact: it multiplies, adds and moves the decimal point, nothing else. */
final class CostCalculator {

  private static final int MILLION = 6;

  private CostCalculator() {}

  /**
   * An amount, or why there is none.
   *
   * @param amount the cost, or null
   * @param reason why there is no amount, or null when there is one
   */
  record Result(@Nullable BigDecimal amount, @Nullable String reason) {

    private static Result none(String reason) {
      return new Result(null, reason);
    }
  }

  /** The cost of some calls, of which all have the same prices. */
  static Result cost(Rates rates, TokenUsage usage, long calls) {
    Result prompt = side(rates, usage, Bucket.PROMPT, usage.totalInput(), "input");
    if (prompt.amount() == null) {
      return prompt;
    }
    Result answer = side(rates, usage, Bucket.ANSWER, usage.totalOutput(), "output");
    if (answer.amount() == null) {
      return answer;
    }
    BigDecimal tokens = prompt.amount().add(answer.amount()).movePointLeft(MILLION);
    return new Result(tokens.add(rates.perRequest().multiply(BigDecimal.valueOf(calls))), null);
  }

  /**
   * Tokens of one side times their prices, in millionths. Tokens whose bucket is not known can be
   * priced when every bucket they may belong to has the same price; else they cannot.
   */
  private static Result side(
      Rates rates, TokenUsage usage, List<Bucket> buckets, long total, String name) {
    if (total == 0) {
      return new Result(BigDecimal.ZERO, null);
    }
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal sharedRate = null;
    long rest = total;
    for (Bucket bucket : buckets) {
      long count = bucket.count(usage);
      BigDecimal rate = rates.perMillion(bucket);
      if (count == 0) {
        continue;
      }
      if (rate == null) {
        return Result.none("no " + bucket.label() + " rate");
      }
      if (count != TokenUsage.UNKNOWN) {
        sum = sum.add(rate.multiply(BigDecimal.valueOf(count)));
        rest -= count;
      } else if (sharedRate == null || sharedRate.compareTo(rate) == 0) {
        sharedRate = rate;
      } else {
        return Result.none("the split of the " + name + " tokens is not known");
      }
    }
    if (sharedRate == null) {
      return new Result(sum, null);
    }
    if (total == TokenUsage.UNKNOWN) {
      return Result.none("the number of " + name + " tokens is not known");
    }
    if (rest < 0) {
      return Result.none("the " + name + " buckets exceed their total");
    }
    return new Result(sum.add(sharedRate.multiply(BigDecimal.valueOf(rest))), null);
  }
}
