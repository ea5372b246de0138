package io.fairlead.exporters.otel.projection;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one span. Facts that are not known are left out; a text beyond {@link
 * #MAX_TEXT} is cut and the span marked as truncated.
 */
final class AttributeSheet {

  /** Longest text of an attribute, in UTF-16 units. */
  static final int MAX_TEXT = 64 * 1024;

  /** MLflow refuses a whole batch for one longer session id. */
  static final int MAX_SESSION_ID = 250;

  private final AttributesBuilder builder = Attributes.builder();
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
      builder.put(AttributeKey.stringKey(name), cut(value, MAX_TEXT));
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
    if (known.test(name)) {
      builder.put(AttributeKey.longKey(name), value);
    }
  }

  void number(String name, double value) {
    if (known.test(name)) {
      builder.put(AttributeKey.doubleKey(name), value);
    }
  }

  void flag(String name, boolean value) {
    if (known.test(name)) {
      builder.put(AttributeKey.booleanKey(name), value);
    }
  }

  void texts(String name, List<String> values) {
    if (!values.isEmpty() && known.test(name)) {
      builder.put(AttributeKey.stringArrayKey(name), values);
    }
  }

  /** The attributes, with copies under the aliases of a mapping (key to alias). */
  Attributes build(Map<String, String> aliases) {
    if (truncated) {
      builder.put(FairleadAttributes.TRUNCATED, true);
    }
    if (aliases.isEmpty()) {
      return builder.build();
    }
    Attributes plain = builder.build();
    plain.forEach((key, value) -> addAlias(plain, key, value, aliases.get(key.getKey())));
    return builder.build();
  }

  @SuppressWarnings("unchecked")
  private void addAlias(
      Attributes plain, AttributeKey<?> key, Object value, @Nullable String alias) {
    if (alias == null || plain.asMap().keySet().stream().anyMatch(k -> k.getKey().equals(alias))) {
      return;
    }
    switch (key.getType()) {
      case STRING -> builder.put(AttributeKey.stringKey(alias), (String) value);
      case LONG -> builder.put(AttributeKey.longKey(alias), (Long) value);
      case DOUBLE -> builder.put(AttributeKey.doubleKey(alias), (Double) value);
      case BOOLEAN -> builder.put(AttributeKey.booleanKey(alias), (Boolean) value);
      case STRING_ARRAY -> builder.put(AttributeKey.stringArrayKey(alias), (List<String>) value);
      default -> {}
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
