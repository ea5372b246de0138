package io.fairlead.exporters.files.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as plain values: {@link Members}, {@code List}, {@code String}, {@code Boolean}, {@link
 * NumberText} and null. Members are sorted, numbers keep their text.
 */
public final class JsonTree {

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private JsonTree() {}

  /** Members of an object by name. */
  @SuppressWarnings("serial")
  public static final class Members extends TreeMap<String, @Nullable Object> {

    /** No members yet. */
    public Members() {}

    /** Adds a member unless its value is null. */
    public Members with(String name, @Nullable Object value) {
      if (value != null) {
        put(name, value);
      }
      return this;
    }
  }

  /** A JSON number as it was written. */
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
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when the text is not exactly one JSON value
   */
  public static @Nullable Object parse(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("the text is empty");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something follows the value");
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the text is no JSON", e);
    }
  }

  /** The value at the end of a path of member names, or null. */
  public static @Nullable Object at(@Nullable Object value, String... path) {
    Object current = value;
    for (String name : path) {
      current = current instanceof Members members ? members.get(name) : null;
    }
    return current;
  }

  /** The text at the end of a path, or null. */
  public static @Nullable String text(@Nullable Object value, String... path) {
    return at(value, path) instanceof String text ? text : null;
  }

  /** The elements at the end of a path, or null when there is no array. */
  @SuppressWarnings("unchecked") // every list in a tree is one of these
  public static @Nullable List<@Nullable Object> list(@Nullable Object value, String... path) {
    return at(value, path) instanceof List<?> list ? (List<@Nullable Object>) list : null;
  }

  /** A whole number of at least 0, or null. */
  public static @Nullable Long count(@Nullable Object value) {
    if (!(value instanceof NumberText number) || !number.integral()) {
      return null;
    }
    try {
      long count = Long.parseLong(number.text());
      return count < 0 ? null : (Long) count;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A number, or null. */
  public static @Nullable BigDecimal decimal(@Nullable Object value) {
    if (!(value instanceof NumberText number)) {
      return null;
    }
    BigDecimal decimal = new BigDecimal(number.text());
    // An exponent of a million would be written out digit by digit.
    return Math.abs((long) decimal.scale()) > 400 ? null : decimal;
  }

  /** Compact JSON. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    new JsonText(out, false).value(value);
    return out.toString();
  }

  /** JSON for people: a member per line, two spaces per level. */
  public static String writePretty(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    new JsonText(out, true).value(value);
    return out.toString();
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> new NumberText(parser.getString(), true);
      case VALUE_NUMBER_FLOAT -> new NumberText(parser.getString(), false);
      default -> null;
    };
  }

  private static Members members(JsonParser parser) {
    Members members = new Members();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> elements(JsonParser parser) {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements;
  }

  /** A copy of an object's members; empty for anything else. */
  public static Members copy(@Nullable Object value) {
    Members copy = new Members();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> copy.put(String.valueOf(name), member));
    }
    return copy;
  }
}
