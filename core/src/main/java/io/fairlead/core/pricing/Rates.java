package io.fairlead.core.pricing;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices per million tokens, exactly as some catalog wrote them. A bucket without a price is
 * absent: its tokens cannot be priced. Immutable.
 */
final class Rates {

  private final Map<Bucket, BigDecimal> perMillion;
  private final BigDecimal perRequest;

  private Rates(Map<Bucket, BigDecimal> perMillion, BigDecimal perRequest) {
    this.perMillion = perMillion;
    this.perRequest = perRequest;
  }

  /** Prices of buckets, and a charge for each call. */
  static Rates of(Map<Bucket, BigDecimal> perMillion, BigDecimal perRequest) {
    Map<Bucket, BigDecimal> copy = new EnumMap<>(Bucket.class);
    copy.putAll(perMillion);
    return new Rates(copy, perRequest);
  }

  /** Prices of buckets. */
  static Rates of(Map<Bucket, BigDecimal> perMillion) {
    return of(perMillion, BigDecimal.ZERO);
  }

  /** The same prices, with {@code children} priced as their parents where they have no price. */
  Rates inheriting(Iterable<Bucket> children) {
    Map<Bucket, BigDecimal> filled = new EnumMap<>(Bucket.class);
    filled.putAll(perMillion);
    for (Bucket child : children) {
      Bucket parent = child.parent();
      BigDecimal rate = parent == null ? null : filled.get(parent);
      if (rate != null) {
        filled.putIfAbsent(child, rate);
      }
    }
    return new Rates(filled, perRequest);
  }

  /** The price of a million tokens, or null when there is none. */
  @Nullable BigDecimal perMillion(Bucket bucket) {
    return perMillion.get(bucket);
  }

  /** What each call costs besides its tokens. */
  BigDecimal perRequest() {
    return perRequest;
  }

  /** Whether nothing has a price. */
  boolean isEmpty() {
    return perMillion.isEmpty() && perRequest.signum() == 0;
  }

  /** Whether every bucket costs the same; how the amounts are written does not matter. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Rates rates)
        || !perMillion.keySet().equals(rates.perMillion.keySet())
        || perRequest.compareTo(rates.perRequest) != 0) {
      return false;
    }
    return perMillion.entrySet().stream()
        .allMatch(rate -> rate.getValue().compareTo(rates.perMillion.get(rate.getKey())) == 0);
  }

  @Override
  public int hashCode() {
    return perMillion.keySet().hashCode();
  }

  @Override
  public String toString() {
    return perMillion + (perRequest.signum() == 0 ? "" : " + " + perRequest + " per request");
  }
}
