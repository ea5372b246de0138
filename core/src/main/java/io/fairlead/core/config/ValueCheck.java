package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.Durations;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks single values: type, allowed values, range. */
final class ValueCheck {

  private final Reporter reporter;

  ValueCheck(Reporter reporter) {
    this.reporter = reporter;
  }

  void check(FieldSpec field, ConfigNode node, String path) {
    if (!fits(field.type(), node)) {
      wrongType(field.type().description(), node, path);
      return;
    }
    if (node instanceof ConfigNode.Array array) {
      for (int i = 0; i < array.elements().size(); i++) {
        text(field, array.elements().get(i), FieldPath.element(path, i));
      }
    } else if (field.type() == FieldType.STRING_MAP && node instanceof ConfigNode.Table table) {
      for (Map.Entry<String, ConfigNode.Entry> entry : table.entries().entrySet()) {
        text(field, entry.getValue().value(), FieldPath.key(path, entry.getKey()));
      }
    } else if (node instanceof ConfigNode.Text) {
      text(field, node, path);
    } else {
      range(field, node, path);
    }
  }

  void wrongType(String wanted, ConfigNode node, String path) {
    reporter.invalid(
        path,
        node.position(),
        "field '" + path + "' must be " + wanted + ", not " + node.typeName(),
        null);
  }

  private static boolean fits(FieldType type, ConfigNode node) {
    return switch (type) {
      case STRING, DURATION -> node instanceof ConfigNode.Text;
      case INTEGER -> node instanceof ConfigNode.Integer;
      case DECIMAL -> node instanceof ConfigNode.Decimal || node instanceof ConfigNode.Integer;
      case BOOLEAN -> node instanceof ConfigNode.Bool;
      case STRING_LIST, TABLE_LIST -> node instanceof ConfigNode.Array;
      case STRING_MAP, TABLE, ANY_TABLE -> node instanceof ConfigNode.Table;
      case INTEGER_OR_STRING ->
          node instanceof ConfigNode.Integer || node instanceof ConfigNode.Text;
    };
  }

  private void text(FieldSpec field, ConfigNode node, String path) {
    if (!(node instanceof ConfigNode.Text)) {
      wrongType("a string", node, path);
      return;
    }
    String text = Variables.known(node);
    if (text == null) {
      return;
    }
    if (field.type() == FieldType.DURATION && Durations.parse(text) == null) {
      reporter.unsupportedValue(
          path,
          node.position(),
          "field '" + path + "' must be a duration",
          "a number with a unit, for example \"30s\", \"5m\", \"24h\"");
    }
    if (!field.allowed().isEmpty() && !field.allowed().contains(text)) {
      String nearest = field.secret() ? null : Nearest.hint(text, field.allowed());
      reporter.unsupportedValue(
          path, node.position(), "field '" + path + "' must be " + alternatives(field), nearest);
    }
  }

  private static String alternatives(FieldSpec field) {
    StringBuilder words = new StringBuilder();
    for (String allowed : field.allowed()) {
      words.append(words.length() == 0 ? "" : ", ").append('\'').append(allowed).append('\'');
    }
    return field.allowed().size() == 1 ? words.toString() : "one of " + words;
  }

  private void range(FieldSpec field, ConfigNode node, String path) {
    BigDecimal value = number(node);
    Long minimum = field.minimum();
    Long maximum = field.maximum();
    if (value == null) {
      return;
    }
    if (minimum != null && minimum == 0 && value.signum() < 0) {
      // What counts things has no negative values: a fault of type, which no policy softens.
      reporter.invalid(path, node.position(), "field '" + path + "' must not be negative", null);
      return;
    }
    boolean tooSmall = minimum != null && value.compareTo(BigDecimal.valueOf(minimum)) < 0;
    boolean tooLarge = maximum != null && value.compareTo(BigDecimal.valueOf(maximum)) > 0;
    if (tooSmall || tooLarge) {
      reporter.unsupportedValue(
          path, node.position(), "field '" + path + "' must be " + range(minimum, maximum), null);
    }
  }

  private static String range(@Nullable Long minimum, @Nullable Long maximum) {
    if (minimum == null) {
      return "at most " + maximum;
    }
    boolean open = maximum == null || maximum == Long.MAX_VALUE || maximum == Integer.MAX_VALUE;
    return open ? "at least " + minimum : "between " + minimum + " and " + maximum;
  }

  private static @Nullable BigDecimal number(ConfigNode node) {
    if (node instanceof ConfigNode.Integer integer) {
      return BigDecimal.valueOf(integer.value());
    }
    return node instanceof ConfigNode.Decimal decimal ? decimal.value() : null;
  }
}
