package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.event.Json;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON object, read leniently: what is absent or of another type than asked for is null, false or
 * empty. Numbers keep the text they were written with.
 */
final class JsonValue {

  static final JsonValue EMPTY = new JsonValue(Map.of());

  private static final int MAX_DEPTH = 200;
  private static final int MAX_TEXT = 8 << 20;

  private static final JsonFactory STRICT =
      JsonFactory.builder().streamReadConstraints(constraints()).build();

  /** The JSON5 that people write into {@code openclaw.json}. */
  private static final JsonFactory RELAXED =
      JsonFactory.builder()
          .streamReadConstraints(constraints())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
          .build();

  /** A number as it was written. */
  private record Numeral(String text) {}

  private final Map<String, Object> members;

  private JsonValue(Map<String, Object> members) {
    this.members = members;
  }

  private static StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MAX_DEPTH)
        .maxStringLength(MAX_TEXT)
        .build();
  }

  /** The object a text holds, or null when it is no JSON object. */
  static @Nullable JsonValue parse(String json) {
    return parse(STRICT, json);
  }

  /** The object a JSON5 text holds, or null when it is none. */
  static @Nullable JsonValue parseRelaxed(String json5) {
    return parse(RELAXED, json5);
  }

  private static @Nullable JsonValue parse(JsonFactory factory, String json) {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /**
   * Gives the members of a large object that are objects, one by one.
   *
   * @return whether the text could be read to its end
   */
  static boolean forEachObject(InputStream json, BiConsumer<String, JsonValue> visitor) {
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          visitor.accept(name, object(parser));
        } else {
          parser.skipChildren();
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static JsonValue object(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        members.put(name, value);
      }
    }
    return new JsonValue(members);
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return null;
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
      default -> null;
    };
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      Object element = value(parser);
      if (element != null) {
        elements.add(element);
      }
    }
    return elements;
  }

  @Nullable String text(String name) {
    return members.get(name) instanceof String text ? text : null;
  }

  String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  @Nullable BigDecimal decimal(String name) {
    if (!(members.get(name) instanceof Numeral number) || number.text().length() > 60) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(number.text());
      return Math.abs(value.scale()) > 400 ? null : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Nullable Long whole(String name) {
    BigDecimal value = decimal(name);
    return value == null || value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? null
        : (Long) value.longValue();
  }

  /** The member that is an object; an empty one when there is none. */
  JsonValue child(String name) {
    return members.get(name) instanceof JsonValue child ? child : EMPTY;
  }

  /** The objects in the member that is an array. */
  List<JsonValue> children(String name) {
    if (!(members.get(name) instanceof List<?> list)) {
      return List.of();
    }
    return list.stream().filter(JsonValue.class::isInstance).map(JsonValue.class::cast).toList();
  }

  /** The members that are objects, by name. */
  Map<String, JsonValue> objects() {
    Map<String, JsonValue> objects = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value instanceof JsonValue object) {
            objects.put(name, object);
          }
        });
    return objects;
  }

  /** The object as JSON text again. */
  String write() {
    StringBuilder out = new StringBuilder();
    write(out, this);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof JsonValue object) {
      char separator = '{';
      for (Map.Entry<String, Object> member : object.members.entrySet()) {
        out.append(separator);
        Json.appendQuoted(out, member.getKey());
        out.append(':');
        write(out, member.getValue());
        separator = ',';
      }
      out.append(object.members.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      char separator = '[';
      for (Object element : list) {
        out.append(separator);
        write(out, element);
        separator = ',';
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Numeral number) {
      out.append(number.text());
    } else if (value instanceof String text) {
      Json.appendQuoted(out, text);
    } else {
      out.append(value);
    }
  }
}
