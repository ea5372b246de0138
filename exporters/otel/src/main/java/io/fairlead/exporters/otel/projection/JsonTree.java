package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Json;
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
 * JSON as plain values: {@code TreeMap}, {@code List}, {@code String}, {@code Boolean}, {@link
 * Number} and null. Keys are sorted, numbers keep their text.
 */
public final class JsonTree {

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private JsonTree() {}

  /**
   * A JSON number as it was written.
   *
   * @param text its text
   * @param integral whether it has neither fraction nor exponent
   */
  public record NumberText(String text, boolean integral) {

    /** The number if it fits, else null. */
    public @Nullable Long asLong() {
      try {
        return integral ? (Long) Long.parseLong(text) : null;
      } catch (NumberFormatException e) {
        return null;
      }
    }

    /** The nearest double; infinite when it is too large for one. */
    public double asDouble() {
      return new BigDecimal(text).doubleValue();
    }
  }

  /** The value of a text; the text itself when it is not JSON after all. */
  public static @Nullable Object parse(Json json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json.text())) {
      parser.nextToken();
      return value(parser);
    } catch (JacksonException e) {
      return json.text();
    }
  }

  /** A text as one whole JSON value; the text itself when it is not that. */
  static @Nullable Object parseWhole(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return text;
      }
      Object value = value(parser);
      return parser.nextToken() == null ? value : text;
    } catch (JacksonException e) {
      return text;
    }
  }

  /** The members of an object; empty for null and for anything else. */
  public static Map<String, @Nullable Object> object(@Nullable Json json) {
    return json != null && parse(json) instanceof Members members ? members : Map.of();
  }

  /** A member that is a string, or null. */
  public static @Nullable String text(Map<String, @Nullable Object> members, String name) {
    return members.get(name) instanceof String text ? text : null;
  }

  /** Compact JSON. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /** Members of an object by name. */
  @SuppressWarnings("serial")
  public static final class Members extends TreeMap<String, @Nullable Object> {}

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return null;
    }
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

  private static void append(StringBuilder out, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      String separator = "{";
      for (Map.Entry<?, ?> member : members.entrySet()) {
        out.append(separator);
        Json.appendQuoted(out, String.valueOf(member.getKey()));
        out.append(':');
        append(out, member.getValue());
        separator = ",";
      }
      out.append(members.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> elements) {
      String separator = "[";
      for (Object element : elements) {
        out.append(separator);
        append(out, element);
        separator = ",";
      }
      out.append(elements.isEmpty() ? "[]" : "]");
    } else if (value instanceof String text) {
      Json.appendQuoted(out, text);
    } else if (value instanceof NumberText number) {
      out.append(number.text());
    } else {
      out.append(value);
    }
  }
}
