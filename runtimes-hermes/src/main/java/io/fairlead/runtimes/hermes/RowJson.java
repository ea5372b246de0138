package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.Rows.ToolRequest;
import io.fairlead.runtimes.hermes.Rows.ToolResult;
import io.fairlead.spi.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The little that is needed of the JSON texts in Hermes' store, read without building trees. */
final class RowJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private RowJson() {}

  /** Ids and names of an assistant row's {@code tool_calls}; what is malformed is left out. */
  static List<ToolRequest> toolRequests(byte @Nullable [] json) {
    if (json == null || json.length == 0) {
      return List.of();
    }
    List<ToolRequest> requests = new ArrayList<>();
    read(json, false, (request, arguments) -> requests.add(request));
    return List.copyOf(requests);
  }

  /** The arguments of one of {@link #toolRequests}, as the model wrote them, or null. */
  static @Nullable String arguments(byte @Nullable [] json, int index) {
    List<@Nullable String> found = new ArrayList<>();
    if (json != null && json.length > 0) {
      read(json, true, (request, arguments) -> found.add(arguments));
    }
    return index < found.size() ? found.get(index) : null;
  }

  /**
   * The text itself as JSON when it is an object or an array, on one line; else a string of it.
   * Members are not looked at.
   */
  static Json valueOrString(String text) {
    String value = text.strip();
    if (value.startsWith("{") || value.startsWith("[")) {
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), value)) {
        parser.nextToken();
        parser.skipChildren();
        if (parser.nextToken() == null) {
          // Outside of strings, where line ends must be escaped, they are mere space.
          return new Json(value.replace('\n', ' ').replace('\r', ' '));
        }
      } catch (JacksonException e) {
        // Not JSON after all.
      }
    }
    return Json.ofString(text);
  }

  private static void read(
      byte[] json, boolean withArguments, BiConsumer<ToolRequest, @Nullable String> requests) {
    try (JsonParser parser = parser(json, json.length)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          readRequest(parser, withArguments, requests);
        }
      }
    } catch (JacksonException e) {
      // A row cut short or written badly: what came before the fault stands.
    }
  }

  private static void readRequest(
      JsonParser parser,
      boolean withArguments,
      BiConsumer<ToolRequest, @Nullable String> requests) {
    String id = null;
    String callId = null;
    Function function = Function.NONE;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("function") && value == JsonToken.START_OBJECT) {
        function = function(parser, withArguments);
      } else if (field.equals("id") && value == JsonToken.VALUE_STRING) {
        id = parser.getString();
      } else if (field.equals("call_id") && value == JsonToken.VALUE_STRING) {
        callId = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    String key = id != null && !id.isEmpty() ? id : callId;
    String name = function.name();
    if (key != null && name != null) {
      requests.accept(new ToolRequest(key, name), function.arguments());
    }
  }

  private record Function(@Nullable String name, @Nullable String arguments) {
    static final Function NONE = new Function(null, null);
  }

  private static Function function(JsonParser parser, boolean withArguments) {
    String name = null;
    String arguments = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("name") && value == JsonToken.VALUE_STRING) {
        name = parser.getString();
      } else if (withArguments && field.equals("arguments") && value == JsonToken.VALUE_STRING) {
        arguments = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    return new Function(name, arguments);
  }

  /**
   * {@code exit_code} and {@code error} of a tool's result. Hermes may write a warning after the
   * JSON; of a very long result only both ends are given.
   *
   * @param head the first bytes
   * @param tail the last bytes when the head is not all, else null
   */
  static ToolResult toolResult(byte @Nullable [] head, byte @Nullable [] tail) {
    if (head == null || head.length == 0 || head[0] != '{') {
      return ToolResult.NOTHING;
    }
    ToolResult found = ToolResult.NOTHING;
    try (JsonParser parser = parser(head, head.length)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        found = with(found, field, value, parser);
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      // The head ended inside a value, as it does for long results.
    }
    return tail == null ? found : fromTail(found, new String(tail, StandardCharsets.UTF_8));
  }

  private static ToolResult with(
      ToolResult found, String field, JsonToken value, JsonParser parser) {
    if (field.equals("exit_code") && value == JsonToken.VALUE_NUMBER_INT) {
      return new ToolResult(parser.getIntValue(), found.error());
    }
    if (field.equals("error") && value == JsonToken.VALUE_STRING && !parser.getString().isEmpty()) {
      return new ToolResult(found.exitCode(), parser.getString());
    }
    return found;
  }

  /**
   * Looks for the two members in the end of a text. A quote inside a JSON string is escaped, so a
   * bare {@code "exit_code":} is a member.
   */
  private static ToolResult fromTail(ToolResult found, String tail) {
    Integer exitCode = found.exitCode();
    String error = found.error();
    int at = tail.lastIndexOf("\"exit_code\": ");
    if (exitCode == null && at > 0 && tail.charAt(at - 1) != '\\') {
      exitCode = number(tail, at + "\"exit_code\": ".length());
    }
    at = tail.lastIndexOf("\"error\": \"");
    int text = at + "\"error\": \"".length();
    if (error == null && at > 0 && tail.charAt(at - 1) != '\\' && text < tail.length()) {
      error = tail.charAt(text) == '"' ? null : tail.substring(text);
    }
    return new ToolResult(exitCode, error);
  }

  private static @Nullable Integer number(String text, int from) {
    int end = from;
    while (end < text.length()
        && end - from < 10
        && (text.charAt(end) == '-' || Character.isDigit(text.charAt(end)))) {
      end++;
    }
    try {
      return Integer.valueOf(text.substring(from, end));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static JsonParser parser(byte[] json, int length) {
    return FACTORY.createParser(
        ObjectReadContext.empty(), new String(json, 0, length, StandardCharsets.UTF_8));
  }
}
