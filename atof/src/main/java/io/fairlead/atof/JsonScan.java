package io.fairlead.atof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads one JSON object, either whole or as the raw texts of its members. */
final class JsonScan {

  // Records are UTF-8: detection would take hostile bytes for UTF-16, where offsets mean nothing.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private JsonScan() {}

  /**
   * The members of an object by name, each with the bytes it stands in; the last of equals wins.
   */
  static Map<String, Slice> members(byte[] text) {
    return parse(
        text,
        parser -> {
          Map<String, Slice> members = new LinkedHashMap<>();
          int nameStart = offsetOfToken(parser, parser.nextToken());
          while (parser.currentToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int start = offsetOfToken(parser, parser.nextToken());
            parser.skipChildren();
            parser.finishToken();
            int end = Math.toIntExact(parser.currentLocation().getByteOffset());
            members.put(name, new Slice(text, nameStart, start, end));
            nameStart = offsetOfToken(parser, parser.nextToken());
          }
          return members;
        });
  }

  /** The whole object. */
  static JsonObject object(byte[] text) {
    return parse(text, JsonScan::readObject);
  }

  /** The texts of an array; what is no string is left out. */
  static List<String> strings(String array) {
    byte[] wrapped = ("{\"a\":" + array + "}").getBytes(StandardCharsets.UTF_8);
    Object value = object(wrapped).members().get("a");
    return value instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static <T> T parse(byte[] text, Reading<T> reading) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJsonException("not a JSON object");
      }
      T result = reading.from(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("text after the JSON object");
      }
      return result;
    } catch (JacksonException e) {
      // Jackson's own message quotes what it read, which may be anything.
      long column = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
      throw new MalformedJsonException(
          column < 0 ? "not valid JSON" : "not valid JSON at column " + column);
    }
  }

  private static JsonObject readObject(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      Object value = readValue(parser, parser.nextToken());
      if (value != null) {
        members.put(name, value);
      }
    }
    return new JsonObject(members);
  }

  private static @Nullable Object readValue(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? null
              : (Long) parser.getLongValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      // No typed fact is a fraction or beyond a long; what a foreign record has of them stays raw.
      default -> null;
    };
  }

  private static List<Object> readArray(JsonParser parser) {
    List<Object> elements = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      Object value = readValue(parser, token);
      if (value != null) {
        elements.add(value);
      }
      token = parser.nextToken();
    }
    return elements;
  }

  private static int offsetOfToken(JsonParser parser, @Nullable JsonToken token) {
    return token == null ? -1 : Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /**
   * Where a member stands.
   *
   * @param nameStart first byte of its name's opening quote
   * @param start first byte of its value
   * @param end first byte after its value
   */
  record Slice(byte[] text, int nameStart, int start, int end) {

    /** The value as it was written. */
    String raw() {
      return new String(text, start, end - start, StandardCharsets.UTF_8);
    }

    boolean isNull() {
      return text[start] == 'n';
    }

    boolean isObject() {
      return text[start] == '{';
    }

    boolean isString() {
      return text[start] == '"';
    }

    byte[] bytes() {
      return Arrays.copyOfRange(text, start, end);
    }

    /** The text of a string value, or null for any other value. */
    @Nullable String string() {
      if (!isString()) {
        return null;
      }
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes())) {
        parser.nextToken();
        return parser.getString();
      }
    }
  }

  private interface Reading<T> {
    T from(JsonParser parser);
  }
}
