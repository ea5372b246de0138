package io.fairlead.core.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps and lists. */
final class TestJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private TestJson() {}

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return (Map<String, Object>) value(parser, parser.nextToken());
    }
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(@Nullable Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }

  private static Object value(JsonParser parser, JsonToken token) {
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        object.put(key, value(parser, parser.nextToken()));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        array.add(value(parser, next));
      }
      return array;
    }
    return parser.getString();
  }
}
