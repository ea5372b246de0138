package io.fairlead.spi.event;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What something cost. A cost that is not known is a null reference, never an amount of zero.
 *
 * @param amount exact decimal, at least 0, without trailing zeros
 * @param currency ISO 4217 code
 * @param status how sure the amount is
 * @param source who worked it out
 */
public record Cost(BigDecimal amount, String currency, Status status, Source source) {

  /** How sure an amount is. The order is from best to worst. */
  public enum Status {
    /** The provider billed it. */
    REPORTED,
    /** Covered by a subscription: nothing is billed per call. */
    INCLUDED,
    /** Tokens times a price. */
    ESTIMATED
  }

  /** Who worked an amount out. */
  public enum Source {
    /** The provider said it in its answer or bill. */
    PROVIDER,
    /** The agent runtime computed it. */
    RUNTIME,
    /** Fairlead computed it from a price table. */
    CATALOG
  }

  public Cost {
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(source, "source");
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("a cost must not be negative: " + amount);
    }
    amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
  }
}
