package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar means in the core schema of YAML 1.2, and in no older one: {@code no}, {@code on}
 * and {@code 2026-11-21} are strings, {@code 010} is ten, {@code 0o10} is eight.
 */
final class YamlScalar {

  static final String STRING = "tag:yaml.org,2002:str";
  static final String UNKNOWN_TAG = "only the tags of YAML's core schema are supported";

  private static final String INTEGER = "tag:yaml.org,2002:int";
  private static final String FLOAT = "tag:yaml.org,2002:float";
  private static final String BOOLEAN = "tag:yaml.org,2002:bool";

  /** What a quoted or otherwise not plain scalar is. */
  private static final String NOT_SPECIFIC = "!";

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern DECIMAL_INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NO_NUMBER =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private YamlScalar() {}

  /** A scalar that is no value of a configuration. */
  static final class NoValue extends Exception {

    private static final long serialVersionUID = 1L;

    NoValue(String reason) {
      super(reason, null, false, false);
    }
  }

  static ConfigNode of(
      String text, boolean plain, @Nullable String tag, @Nullable SourcePosition position)
      throws NoValue {
    if (tag == null) {
      return plain ? resolved(text, position) : new ConfigNode.Text(text, position);
    }
    return switch (tag) {
      case STRING, NOT_SPECIFIC -> new ConfigNode.Text(text, position);
      case INTEGER -> as(ConfigNode.Integer.class, text, position);
      case BOOLEAN -> as(ConfigNode.Bool.class, text, position);
      case FLOAT -> new ConfigNode.Decimal(decimal(text), position);
      default -> throw new NoValue(UNKNOWN_TAG);
    };
  }

  private static ConfigNode as(
      Class<? extends ConfigNode> type, String text, @Nullable SourcePosition position)
      throws NoValue {
    ConfigNode node = resolved(text, position);
    if (!type.isInstance(node)) {
      throw new NoValue("the value is not what its tag says");
    }
    return node;
  }

  private static ConfigNode resolved(String text, @Nullable SourcePosition position)
      throws NoValue {
    if (NULL.contains(text)) {
      throw new NoValue("null is no value; leave the key out, or write {} for an empty table");
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return new ConfigNode.Bool(TRUE.contains(text), position);
    }
    if (DECIMAL_INTEGER.matcher(text).matches()) {
      return new ConfigNode.Integer(integer(text, 10), position);
    }
    if (OCTAL.matcher(text).matches()) {
      return new ConfigNode.Integer(integer(text.substring(2), 8), position);
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return new ConfigNode.Integer(integer(text.substring(2), 16), position);
    }
    if (NO_NUMBER.matcher(text).matches() || NUMBER.matcher(text).matches()) {
      return new ConfigNode.Decimal(decimal(text), position);
    }
    return new ConfigNode.Text(text, position);
  }

  private static long integer(String digits, int radix) throws NoValue {
    try {
      return Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      throw new NoValue("the number is too large");
    }
  }

  private static BigDecimal decimal(String text) throws NoValue {
    if (NO_NUMBER.matcher(text).matches()) {
      throw new NoValue("infinity and not-a-number are not supported");
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new NoValue("the number cannot be read");
    }
  }
}
