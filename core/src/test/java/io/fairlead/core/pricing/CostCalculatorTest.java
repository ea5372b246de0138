package io.fairlead.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CostCalculatorTest {

  private static final Rates DISTINCT = rates(new Random(1));

  private static Rates rates(Random random) {
    Map<Bucket, BigDecimal> rates = new EnumMap<>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      rates.put(bucket, BigDecimal.valueOf(random.nextLong(1, 1_000_000_000L), 7));
    }
    return Rates.of(rates);
  }

  private static TokenUsage usage(Random random) {
    long[] n = random.longs(8, 0, 1_000_000_000_000L).toArray();
    return new TokenUsage(
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
  }

  private static BigDecimal cost(Rates rates, TokenUsage usage) {
    return Objects.requireNonNull(CostCalculator.cost(rates, usage, 1).amount());
  }

  @Test
  void isAdditiveAndScales() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Rates rates = rates(random);
      TokenUsage one = usage(random);
      TokenUsage other = usage(random);
      assertThat(cost(rates, one.plus(other)))
          .as("seed %d", seed)
          .isEqualByComparingTo(cost(rates, one).add(cost(rates, other)));
      assertThat(cost(rates, one.plus(one).plus(one)))
          .as("seed %d", seed)
          .isEqualByComparingTo(cost(rates, one).multiply(BigDecimal.valueOf(3)));
    }
  }

  @Test
  void losesNoDigit() {
    Rates rates = Rates.of(Map.of(Bucket.INPUT, new BigDecimal("0.03285714285714286")));
    assertThat(cost(rates, TokenUsage.of(999_999_999_999L, 0, 0, 0, 0)))
        .isEqualByComparingTo("32857.14285711000285714285714");
  }

  @Test
  void chargesForTheRequestOnce() {
    Rates rates = Rates.of(Map.of(Bucket.INPUT, BigDecimal.ONE), new BigDecimal("0.014"));
    assertThat(cost(rates, TokenUsage.of(1_000_000, 0, 0, 0, 0))).isEqualByComparingTo("1.014");
  }

  @Test
  void aBucketWithoutPriceHasNoCost() {
    Rates rates = Rates.of(Map.of(Bucket.INPUT, BigDecimal.ONE, Bucket.OUTPUT, BigDecimal.ONE));
    CostCalculator.Result result = CostCalculator.cost(rates, TokenUsage.of(10, 5, 0, 1, 0), 1);
    assertThat(result.amount()).isNull();
    assertThat(result.reason()).isEqualTo("no cache_read rate");
  }

  @Test
  void anUnknownSplitCountsOnlyWhenItMakesADifference() {
    TokenUsage unknownReasoning = TokenUsage.of(100, 0, 0, 1000, TokenUsage.UNKNOWN);
    Map<Bucket, BigDecimal> prices = new EnumMap<>(Bucket.class);
    prices.put(Bucket.INPUT, BigDecimal.ONE);
    prices.put(Bucket.OUTPUT, BigDecimal.TEN);
    Rates oneRate = Rates.of(prices).inheriting(Bucket.parents().keySet());
    assertThat(cost(oneRate, unknownReasoning)).isEqualByComparingTo("0.0101");

    prices.put(Bucket.REASONING, BigDecimal.ONE);
    Rates twoRates = Rates.of(prices).inheriting(Bucket.parents().keySet());
    assertThat(CostCalculator.cost(twoRates, unknownReasoning, 1).reason())
        .isEqualTo("the split of the output tokens is not known");
  }

  @Test
  void everyBucketHasItsOwnPrice() {
    for (Bucket bucket : Bucket.values()) {
      long[] n = new long[Bucket.values().length];
      n[bucket.ordinal()] = 1_000_000;
      TokenUsage usage =
          new TokenUsage(
              n[0],
              n[1],
              n[2],
              n[3],
              n[4],
              n[5],
              n[6],
              n[7],
              TokenUsage.UNKNOWN,
              TokenUsage.UNKNOWN);
      assertThat(cost(DISTINCT, usage))
          .as(bucket.label())
          .isEqualByComparingTo(Objects.requireNonNull(DISTINCT.perMillion(bucket)));
    }
  }
}
