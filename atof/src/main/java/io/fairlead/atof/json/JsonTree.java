package io.fairlead.atof.json;

import io.fairlead.spi.event.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as plain values: {@code Map} and {@code List} (which may be changed), {@code String}, {@code
 * Boolean}, {@link NumberText} and null. Of a member that is there twice, the last counts. Nesting
 * is limited to 500, as Jackson does.
 */
public final class JsonTree {

  private static final JsonFactory JSON = JsonFactory.builder().build();

  /** An exponent of a million would be written out digit by digit. */
  private static final int MOST_DIGITS = 400;

  private final JsonParser parser;
  private final Supplier<Map<String, @Nullable Object>> objects;

  private JsonTree(JsonParser parser, Supplier<Map<String, @Nullable Object>> objects) {
    this.parser = parser;
    this.objects = objects;
  }

  /** Members of an object, sorted by name. */
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

  /**
   * The value of a JSON text; objects keep the order they were written in.
   *
   * @throws IllegalArgumentException when the text is not one JSON value
   */
  public static @Nullable Object parse(String text) {
    return parse(text, LinkedHashMap::new);
  }

  /**
   * The value of a JSON text; objects are {@link Members}.
   *
   * @throws IllegalArgumentException when the text is not one JSON value
   */
  public static @Nullable Object sorted(String text) {
    return parse(text, Members::new);
  }

  /** The value of a JSON text, objects as {@link Members}; the text itself when it is no JSON. */
  public static @Nullable Object sortedOrText(String text) {
    try {
      return sorted(text);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** A payload, objects as {@link Members}; its text when it is no JSON after all. */
  public static @Nullable Object sorted(Json json) {
    return sortedOrText(json.text());
  }

  /** The members of an object; empty for null and for anything else. */
  public static Members object(@Nullable Json json) {
    return json != null && sorted(json) instanceof Members members ? members : new Members();
  }

  private static @Nullable Object parse(
      String text, Supplier<Map<String, @Nullable Object>> objects) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("no JSON value");
      }
      Object value = new JsonTree(parser, objects).value();
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a JSON value", e);
    }
  }

  private @Nullable Object value() {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members();
      case START_ARRAY -> elements();
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> new NumberText(parser.getString(), true);
      case VALUE_NUMBER_FLOAT -> new NumberText(parser.getString(), false);
      default -> null;
    };
  }

  private Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = objects.get();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value());
    }
    return members;
  }

  private List<@Nullable Object> elements() {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return elements;
  }

  /** The value at the end of a path of member names, or null. */
  public static @Nullable Object at(@Nullable Object value, String... path) {
    Object current = value;
    for (String name : path) {
      current = current instanceof Map<?, ?> members ? members.get(name) : null;
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
    Long count = value instanceof NumberText number ? number.asLong() : null;
    return count == null || count < 0 ? null : count;
  }

  /** A number that can be written out, or null. */
  public static @Nullable BigDecimal decimal(@Nullable Object value) {
    if (!(value instanceof NumberText number)) {
      return null;
    }
    BigDecimal decimal = number.asDecimal();
    return Math.abs((long) decimal.scale()) > MOST_DIGITS ? null : decimal;
  }

  /** A copy of an object's members; empty for anything else. */
  public static Members copy(@Nullable Object value) {
    Members copy = new Members();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> copy.put(String.valueOf(name), member));
    }
    return copy;
  }

  /** Compact JSON of a value. */
  public static String write(@Nullable Object value) {
    return new TreeWriter(false).write(value);
  }

  /** JSON for people: a member per line, two spaces per level. */
  public static String writePretty(@Nullable Object value) {
    return new TreeWriter(true).write(value);
  }
}
