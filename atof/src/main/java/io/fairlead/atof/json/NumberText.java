package io.fairlead.atof.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number as it was written, so that writing it again changes nothing.
 *
 * @param text the number
 * @param integral whether it has neither fraction nor exponent
 */
public record NumberText(String text, boolean integral) {

  /** A whole number. */
  public static NumberText of(long value) {
    return new NumberText(Long.toString(value), true);
  }

  /** A decimal, with at least one digit after the point. */
  public static NumberText of(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return new NumberText((plain.scale() < 1 ? plain.setScale(1) : plain).toPlainString(), false);
  }

  /** The number if it is whole and fits, else null. */
  public @Nullable Long asLong() {
    try {
      return integral ? (Long) Long.parseLong(text) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The nearest double; infinite when it is too large for one. */
  public double asDouble() {
    return asDecimal().doubleValue();
  }

  /** The exact number. */
  public BigDecimal asDecimal() {
    return new BigDecimal(text);
  }
}
