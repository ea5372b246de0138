package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.NumberText;
import io.fairlead.exporters.otel.projection.ModelRequest.Content;
import io.fairlead.exporters.otel.projection.ModelRequest.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies of requests: OpenAI chat, OpenAI responses, Anthropic messages. A body that is none
 * of them, or breaks its API's rules, is not read at all: nothing is passed off as messages.
 */
final class RequestReader {

  private static final Set<String> ANTHROPIC_NAMES = Set.of("anthropic", "anthropic.messages");
  private static final List<String> FUNCTION_KEYS =
      List.of("name", "description", "parameters", "strict");

  private RequestReader() {}

  /**
   * The request in the payload of a call's start.
   *
   * @param callName name of the scope, which tells one API from another where bodies look alike
   * @return null when there is no body that can be told
   */
  static @Nullable ModelRequest read(@Nullable Object payload, String callName) {
    if (!(payload instanceof Map<?, ?> members)
        || !members.containsKey("headers")
        || !(members.get("content") instanceof Map<?, ?> body)) {
      return null;
    }
    try {
      if (body.containsKey("input") || body.containsKey("instructions")) {
        return responses(body);
      }
      boolean named = ANTHROPIC_NAMES.contains(callName);
      if (body.containsKey("system") || (named && body.containsKey("messages"))) {
        return anthropic(body);
      }
      return body.containsKey("messages") ? chat(body) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static ModelRequest chat(Map<?, ?> body) {
    List<Message> messages = new ArrayList<>();
    for (Object element : list(body.get("messages"))) {
      messages.add(chatMessage(members(element)));
    }
    Object limit = body.get("max_tokens");
    Object stop = body.get("stop");
    return new ModelRequest(
        messages,
        null,
        text(body.get("model")),
        parameters(
            body,
            limit == null ? body.get("max_completion_tokens") : limit,
            stop instanceof String ? List.of(stop) : stop),
        tools(body, "openai_chat", "function", "parameters"));
  }

  private static Message chatMessage(Map<?, ?> message) {
    String role = required(message.get("role"));
    if (role.equals("tool")) {
      return new Message(
          role,
          new Content(typeFirst(content(message))),
          required(message.get("tool_call_id")),
          true);
    }
    Object content = message.get("content");
    return new Message(role, content == null ? null : new Content(content(message)));
  }

  /** Parts with their type before everything else, as this API's schema has them. */
  private static Object typeFirst(Object content) {
    if (!(content instanceof List<?> parts)) {
      return content;
    }
    List<Object> ordered = new ArrayList<>();
    for (Object element : parts) {
      Map<Object, Object> part = new LinkedHashMap<>();
      part.put("type", "unknown");
      part.putAll(members(element));
      ordered.add(part);
    }
    return ordered;
  }

  private static ModelRequest responses(Map<?, ?> body) {
    List<Message> messages = new ArrayList<>();
    Object input = body.get("input");
    if (input instanceof String text) {
      messages.add(new Message("user", new Content(text)));
    } else {
      for (Object element : input == null ? List.of() : list(input)) {
        messages.add(item(members(element)));
      }
    }
    String instructions = text(body.get("instructions"));
    return new ModelRequest(
        messages,
        instructions == null ? null : new Content(instructions),
        text(body.get("model")),
        parameters(body, body.get("max_output_tokens"), null),
        tools(body, "openai_responses", null, "parameters"));
  }

  private static Message item(Map<?, ?> item) {
    if (item.get("role") instanceof String role) {
      return new Message(role, new Content(content(item)));
    }
    if ("function_call".equals(item.get("type"))) {
      return new Message("assistant", null);
    }
    if ("function_call_output".equals(item.get("type"))) {
      Object output = item.get("output");
      return new Message(
          "tool",
          new Content(output == null ? "null" : output),
          required(item.get("call_id")),
          true);
    }
    Object content = item.get("content");
    return new Message("provider_native", content == null ? null : new Content(content));
  }

  private static ModelRequest anthropic(Map<?, ?> body) {
    List<Message> messages = new ArrayList<>();
    for (Object element : list(body.get("messages"))) {
      Map<?, ?> message = members(element);
      List<Message> results = toolResults(message);
      if (results.isEmpty()) {
        messages.add(new Message(required(message.get("role")), new Content(content(message))));
      } else {
        messages.addAll(results);
      }
    }
    Object system = body.get("system");
    return new ModelRequest(
        messages,
        system == null ? null : new Content(system),
        text(body.get("model")),
        parameters(body, body.get("max_tokens"), body.get("stop_sequences")),
        tools(body, "anthropic_messages", null, "input_schema"));
  }

  /** A message of nothing but results becomes one message for each of them. */
  private static List<Message> toolResults(Map<?, ?> message) {
    List<Message> results = new ArrayList<>();
    if ("user".equals(message.get("role")) && message.get("content") instanceof List<?> parts) {
      for (Object part : parts) {
        Map<?, ?> members = members(part);
        if (!"tool_result".equals(members.get("type"))) {
          return List.of();
        }
        Object content = members.get("content");
        results.add(
            new Message(
                "tool",
                new Content(content == null ? "null" : content),
                required(members.get("tool_use_id")),
                true));
      }
    }
    return results;
  }

  private static Map<String, Object> parameters(
      Map<?, ?> body, @Nullable Object limit, @Nullable Object stop) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    number(parameters, "temperature", body.get("temperature"));
    if (limit != null) {
      parameters.put("max_tokens", limit);
    }
    number(parameters, "top_p", body.get("top_p"));
    if (stop != null) {
      parameters.put("stop", stop);
    }
    return parameters;
  }

  /** Numbers with a fraction by nature are written with one. */
  private static void number(Map<String, Object> into, String name, @Nullable Object value) {
    if (value instanceof NumberText number) {
      into.put(name, number.integral() ? new NumberText(number.text() + ".0", false) : number);
    }
  }

  /**
   * @param wrapper member that holds a function's description, or null when it lies flat
   * @param schema name of a function's parameters there
   */
  private static List<Object> tools(
      Map<?, ?> body, String api, @Nullable String wrapper, String schema) {
    List<Object> tools = new ArrayList<>();
    Object given = body.get("tools");
    for (Object element : given == null ? List.of() : list(given)) {
      Map<?, ?> tool = members(element);
      boolean function =
          schema.equals("input_schema")
              ? !tool.containsKey("type") && tool.containsKey(schema)
              : "function".equals(tool.get("type"));
      if (function) {
        tools.add(function(wrapper == null ? tool : members(tool.get(wrapper)), schema));
      } else {
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("type", "provider_native");
        other.put("provider", api);
        other.put("kind", tool.get("type") instanceof String type ? type : "unknown");
        other.put("value", tool);
        tools.add(other);
      }
    }
    return tools;
  }

  private static Map<String, Object> function(Map<?, ?> tool, String schema) {
    Map<String, Object> function = new LinkedHashMap<>();
    for (String key : FUNCTION_KEYS) {
      Object value = tool.get(key.equals("parameters") ? schema : key);
      if (value != null) {
        function.put(key, value);
      }
    }
    Map<String, Object> wrapped = new LinkedHashMap<>();
    wrapped.put("type", "function");
    wrapped.put("function", function);
    return wrapped;
  }

  private static Object content(Map<?, ?> message) {
    Object content = message.get("content");
    if (content instanceof String || content instanceof List) {
      return content;
    }
    throw new IllegalArgumentException("content is neither text nor parts");
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("not a list");
  }

  private static Map<?, ?> members(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return members;
    }
    throw new IllegalArgumentException("not an object");
  }

  private static String required(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not a text");
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }
}
