package io.fairlead.core.printout;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.FieldSpec;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that stand in no document. */
final class DefaultNodes {

  private static final int MOST_DIGITS = 18;

  private DefaultNodes() {}

  /** What a field has by default, or null. */
  static @Nullable ConfigNode of(FieldSpec field) {
    Object value = field.secret() ? null : field.defaultValue();
    if (value instanceof List<?> list) {
      return new ConfigNode.Array(
          list.stream()
              .map(e -> (ConfigNode) new ConfigNode.Text(String.valueOf(e), null))
              .toList(),
          null);
    }
    if (value instanceof Boolean bool) {
      return new ConfigNode.Bool(bool, null);
    }
    if (value instanceof BigDecimal number) {
      return new ConfigNode.Decimal(number, null);
    }
    if (value instanceof Number number) {
      return new ConfigNode.Integer(number.longValue(), null);
    }
    return value == null ? null : new ConfigNode.Text(value.toString(), null);
  }

  /** The text of a variable as a document would have it. */
  static ConfigNode of(String text) {
    String value = text.strip();
    boolean number = value.length() <= MOST_DIGITS && value.chars().allMatch(Character::isDigit);
    return number
        ? new ConfigNode.Integer(Long.parseLong(value), null)
        : new ConfigNode.Text(Redaction.text(value), null);
  }
}
