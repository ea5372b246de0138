package io.fairlead.exporters.otel.projection;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one span. Facts that are not known are left out; a name written twice
 * has the last value; a text beyond {@link #MAX_TEXT} is cut and the span marked as truncated.
 */
final class AttributeSheet {

  /** Longest text of an attribute, in UTF-16 units. */
  static final int MAX_TEXT = 64 * 1024;

  /** MLflow refuses a whole batch for one longer session id. */
  static final int MAX_SESSION_ID = 250;

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Predicate<String> known;
  private boolean truncated;

  /**
   * @param known whether a name may be written; others are left out silently
   */
  AttributeSheet(Predicate<String> known) {
    this.known = known;
  }

  AttributeSheet() {
    this(name -> true);
  }

  void text(String name, @Nullable String value) {
    if (value != null && known.test(name)) {
      if (value.length() > MAX_TEXT) {
        truncated = true;
      }
      values.put(name, cut(value, MAX_TEXT));
    }
  }

  /** A text that must stay valid JSON: left out when it is too long. */
  void json(String name, @Nullable String value) {
    if (value != null && value.length() > MAX_TEXT) {
      truncated = true;
    } else {
      text(name, value);
    }
  }

  void sessionId(String name, @Nullable String value) {
    text(name, value == null ? null : cut(value, MAX_SESSION_ID));
  }

  /** A count; negative means not known. */
  void count(String name, long value) {
    if (value >= 0) {
      integer(name, value);
    }
  }

  void integer(String name, long value) {
    put(name, value);
  }

  void number(String name, double value) {
    put(name, value);
  }

  void flag(String name, boolean value) {
    put(name, value);
  }

  void texts(String name, List<String> values) {
    if (!values.isEmpty()) {
      put(name, values);
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A value of a type attributes have: {@code String}, {@code Long}, {@code Double}, {@code
   * Boolean}, or a list of one of them.
   */
  void put(String name, Object value) {
    if (value instanceof String text) {
      text(name, text);
    } else if (known.test(name)) {
      values.put(name, value);
    }
  }

  /** Copies values to other names (alias to name); a name that is written already stays. */
  void copy(Map<String, String> aliases) {
    Map<String, Object> copies = new LinkedHashMap<>();
    aliases.forEach(
        (alias, name) -> {
          Object value = values.get(name);
          if (value != null && !values.containsKey(alias)) {
            copies.put(alias, value);
          }
        });
    values.putAll(copies);
  }

  Attributes build() {
    AttributesBuilder builder = Attributes.builder();
    values.forEach((name, value) -> add(builder, name, value));
    if (truncated) {
      builder.put(FairleadAttributes.TRUNCATED, true);
    }
    return builder.build();
  }

  private static void add(AttributesBuilder builder, String name, Object value) {
    if (value instanceof String text) {
      builder.put(AttributeKey.stringKey(name), text);
    } else if (value instanceof Long integer) {
      builder.put(AttributeKey.longKey(name), integer);
    } else if (value instanceof Double number) {
      builder.put(AttributeKey.doubleKey(name), number);
    } else if (value instanceof Boolean flag) {
      builder.put(AttributeKey.booleanKey(name), flag);
    } else if (value instanceof List<?> list) {
      addList(builder, name, list);
    }
  }

  @SuppressWarnings("unchecked")
  private static void addList(AttributesBuilder builder, String name, List<?> list) {
    Object first = list.isEmpty() ? "" : list.get(0);
    if (first instanceof Long) {
      builder.put(AttributeKey.longArrayKey(name), (List<Long>) list);
    } else if (first instanceof Double) {
      builder.put(AttributeKey.doubleArrayKey(name), (List<Double>) list);
    } else if (first instanceof Boolean) {
      builder.put(AttributeKey.booleanArrayKey(name), (List<Boolean>) list);
    } else {
      builder.put(AttributeKey.stringArrayKey(name), (List<String>) list);
    }
  }

  private static String cut(String value, int max) {
    if (value.length() <= max) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(max - 1)) ? max - 1 : max;
    return value.substring(0, end);
  }
}
