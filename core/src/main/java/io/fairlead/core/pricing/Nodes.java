package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single values of a tree. What is absent or of another type reads as null. */
final class Nodes {

  /** Enough for every number that fits into a double. */
  private static final int MAX_DIGITS = 400;

  private Nodes() {}

  /** A number that is neither negative nor absurdly long, or null. */
  static @Nullable BigDecimal rate(@Nullable ConfigNode node) {
    BigDecimal value = number(node);
    return value == null || value.signum() < 0 ? null : value;
  }

  /** A number of bearable length, or null. */
  static @Nullable BigDecimal number(@Nullable ConfigNode node) {
    if (node instanceof ConfigNode.Integer integer) {
      return BigDecimal.valueOf(integer.value());
    }
    if (node instanceof ConfigNode.Decimal decimal) {
      BigDecimal value = decimal.value();
      boolean bearable = Math.abs(value.scale()) <= MAX_DIGITS && value.precision() <= MAX_DIGITS;
      return bearable ? value : null;
    }
    return null;
  }

  /** A whole number that is not negative, also when written with a fraction of zero, or null. */
  static @Nullable Long count(@Nullable ConfigNode node) {
    BigDecimal value = rate(node);
    if (value == null || value.stripTrailingZeros().scale() > 0) {
      return null;
    }
    return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? null : value.longValue();
  }

  static @Nullable String text(@Nullable ConfigNode node) {
    return node instanceof ConfigNode.Text text ? text.value() : null;
  }

  static List<ConfigNode> elements(@Nullable ConfigNode node) {
    return node instanceof ConfigNode.Array array ? array.elements() : List.of();
  }

  static ConfigNode.Table table(@Nullable ConfigNode node) {
    return node instanceof ConfigNode.Table table ? table : ConfigNode.Table.EMPTY;
  }
}
