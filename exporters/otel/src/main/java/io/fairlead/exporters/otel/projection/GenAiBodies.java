package io.fairlead.exporters.otel.projection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bodies of model calls as the conventions want them: parameters, and messages with parts. */
final class GenAiBodies {

  private static final Set<String> TEXT_PARTS = Set.of("text", "input_text", "output_text");

  /** Numbers with a fraction by nature: attribute by member of the body. */
  private static final Map<String, String> FRACTIONS =
      Map.of(
          "temperature", "gen_ai.request.temperature",
          "top_p", "gen_ai.request.top_p",
          "frequency_penalty", "gen_ai.request.frequency_penalty",
          "presence_penalty", "gen_ai.request.presence_penalty");

  private static final Map<String, String> COUNTS =
      Map.of(
          "max_tokens", "gen_ai.request.max_tokens",
          "max_completion_tokens", "gen_ai.request.max_tokens",
          "max_output_tokens", "gen_ai.request.max_tokens",
          "top_k", "gen_ai.request.top_k",
          "seed", "gen_ai.request.seed");

  private GenAiBodies() {}

  /** What the request asks for, without its content. */
  static void parameters(AttributeSheet sheet, Map<?, ?> body) {
    FRACTIONS.forEach(
        (member, name) -> {
          if (body.get(member) instanceof JsonTree.NumberText number) {
            sheet.number(name, number.asDouble());
          }
        });
    COUNTS.forEach((member, name) -> integer(sheet, name, body.get(member)));
    if (body.get("n") instanceof JsonTree.NumberText count && !count.text().equals("1")) {
      integer(sheet, "gen_ai.request.choice.count", count);
    }
    Object stop = body.containsKey("stop") ? body.get("stop") : body.get("stop_sequences");
    sheet.texts("gen_ai.request.stop_sequences", texts(stop));
    if (Boolean.TRUE.equals(body.get("stream"))) {
      sheet.flag("gen_ai.request.stream", true);
    }
    Object effort = body.get("reasoning_effort");
    if (effort == null && body.get("reasoning") instanceof Map<?, ?> reasoning) {
      effort = reasoning.get("effort");
    }
    sheet.text("gen_ai.request.reasoning.level", effort instanceof String level ? level : null);
    boolean json =
        body.get("response_format") instanceof Map<?, ?> format
            && format.get("type") instanceof String type
            && type.startsWith("json");
    sheet.text("gen_ai.output.type", json ? "json" : null);
  }

  /** The tools it offers, by name: their schemas are too long for every call. */
  static void tools(AttributeSheet sheet, @Nullable ModelRequest request) {
    List<Object> definitions = new ArrayList<>();
    for (Object element : request == null ? List.of() : request.tools()) {
      Map<?, ?> tool = (Map<?, ?>) element;
      boolean function = "function".equals(tool.get("type"));
      Object name =
          function && tool.get("function") instanceof Map<?, ?> described
              ? described.get("name")
              : "custom".equals(tool.get("kind")) ? null : tool.get("kind");
      if (name != null) {
        definitions.add(Map.of("name", name, "type", function ? "function" : name));
      }
    }
    if (!definitions.isEmpty()) {
      sheet.json("gen_ai.tool.definitions", sorted(definitions));
    }
  }

  /** The conversation so far. */
  static void input(AttributeSheet sheet, Map<?, ?> body) {
    Object system = body.containsKey("system") ? body.get("system") : body.get("instructions");
    if (system != null) {
      sheet.json("gen_ai.system_instructions", sorted(parts(system)));
    }
    Object given = body.containsKey("messages") ? body.get("messages") : body.get("input");
    List<Object> messages = new ArrayList<>();
    if (given instanceof String text) {
      messages.add(message("user", parts(text)));
    }
    for (Object element : given instanceof List<?> list ? list : List.of()) {
      if (element instanceof Map<?, ?> message) {
        messages.add(message(message));
      }
    }
    if (!messages.isEmpty()) {
      sheet.json("gen_ai.input.messages", sorted(messages));
    }
  }

  /** The answer. */
  static void output(AttributeSheet sheet, ModelResponse response, @Nullable String reason) {
    List<Object> parts = new ArrayList<>();
    if (response.message() != null) {
      parts.addAll(parts(response.message()));
    }
    for (ModelResponse.ToolCall call : response.toolCalls()) {
      parts.add(toolCall(call.id(), call.name(), JsonTree.parseWhole(call.arguments())));
    }
    if (!parts.isEmpty()) {
      Map<String, Object> message = message("assistant", parts);
      message.put("finish_reason", reason == null ? "unknown" : reason);
      sheet.json("gen_ai.output.messages", sorted(List.of(message)));
    }
  }

  private static Map<String, Object> message(Map<?, ?> message) {
    Object type = message.get("type");
    if ("function_call".equals(type)) {
      return message(
          "assistant",
          List.of(toolCall(message.get("call_id"), message.get("name"), arguments(message))));
    }
    if ("function_call_output".equals(type)) {
      return message("tool", List.of(toolResult(message.get("call_id"), message.get("output"))));
    }
    if (!(message.get("role") instanceof String role)) {
      return message("provider_native", List.of(message));
    }
    Object content = message.get("content");
    if (role.equals("tool")) {
      return message(role, List.of(toolResult(message.get("tool_call_id"), content)));
    }
    if (role.equals("function")) {
      Map<String, Object> result = message("tool", List.of(toolResult(null, content)));
      result.put("name", String.valueOf(message.get("name")));
      return result;
    }
    List<Object> parts = content == null ? new ArrayList<>() : parts(content);
    boolean results = !parts.isEmpty() && parts.stream().allMatch(GenAiBodies::isResult);
    for (Object call : message.get("tool_calls") instanceof List<?> calls ? calls : List.of()) {
      if (call instanceof Map<?, ?> members
          && members.get("function") instanceof Map<?, ?> function) {
        parts.add(toolCall(members.get("id"), function.get("name"), arguments(function)));
      }
    }
    Map<String, Object> shown = message(results ? "tool" : role, parts);
    if (message.get("name") instanceof String name) {
      shown.put("name", name);
    }
    return shown;
  }

  private static boolean isResult(Object part) {
    return part instanceof Map<?, ?> members && "tool_call_response".equals(members.get("type"));
  }

  private static List<Object> parts(Object content) {
    List<Object> parts = new ArrayList<>();
    if (content instanceof String text) {
      parts.add(text(text));
    }
    for (Object part : content instanceof List<?> list ? list : List.of()) {
      if (part instanceof Map<?, ?> members) {
        parts.add(part(members));
      }
    }
    return parts;
  }

  private static Map<?, ?> part(Map<?, ?> part) {
    String type = part.get("type") instanceof String given ? given : "unknown";
    if (TEXT_PARTS.contains(type) && part.get("text") instanceof String text) {
      return text(text);
    }
    return switch (type) {
      case "refusal" -> text(String.valueOf(part.get("refusal")));
      case "tool_use" -> toolCall(part.get("id"), part.get("name"), part.get("input"));
      case "tool_result" -> toolResult(part.get("tool_use_id"), part.get("content"));
      case "image", "input_image" -> wrapped("image", part);
      case "document", "input_file" -> wrapped("file", part);
      case "input_audio" -> Map.of("type", "audio", "audio", orEmpty(part.get("input_audio")));
      default -> part;
    };
  }

  private static Map<?, ?> wrapped(String type, Map<?, ?> part) {
    Map<Object, Object> rest = new LinkedHashMap<>(part);
    rest.remove("type");
    return Map.of("type", type, type, rest);
  }

  private static Object orEmpty(@Nullable Object value) {
    return value == null ? Map.of() : value;
  }

  private static Map<String, Object> text(String text) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "text");
    part.put("content", text);
    return part;
  }

  private static Map<String, @Nullable Object> toolCall(
      @Nullable Object id, @Nullable Object name, @Nullable Object arguments) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "tool_call");
    part.put("id", id);
    part.put("name", name);
    part.put("arguments", arguments);
    return part;
  }

  private static Map<String, @Nullable Object> toolResult(
      @Nullable Object id, @Nullable Object response) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "tool_call_response");
    if (id != null) {
      part.put("id", id);
    }
    part.put("response", response);
    return part;
  }

  private static @Nullable Object arguments(Map<?, ?> function) {
    return function.get("arguments") instanceof String text ? JsonTree.parseWhole(text) : null;
  }

  private static Map<String, Object> message(String role, List<?> parts) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("parts", parts);
    return message;
  }

  private static void integer(AttributeSheet sheet, String name, @Nullable Object value) {
    Long integer = value instanceof JsonTree.NumberText number ? number.asLong() : null;
    if (integer != null) {
      sheet.integer(name, integer);
    }
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    for (Object element : value instanceof List<?> list ? list : List.of()) {
      if (element instanceof String text) {
        texts.add(text);
      }
    }
    return value instanceof String text ? List.of(text) : texts;
  }

  /** JSON with sorted members, as everywhere. */
  private static String sorted(Object value) {
    return JsonTree.write(JsonTree.parseWhole(JsonTree.write(value)));
  }
}
