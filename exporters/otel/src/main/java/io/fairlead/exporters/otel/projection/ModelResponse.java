package io.fairlead.exporters.otel.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of a model's answer, whatever API it was written for.
 *
 * @param id the provider's id of the answer, or null
 * @param model the model that answered, or null
 * @param finishReason why it ended, in NeMo Relay's words, or null
 * @param message what it says, or null
 * @param toolCalls the tools it asks for
 * @param cachesApart whether its usage counts cached tokens apart from the prompt
 */
record ModelResponse(
    @Nullable String id,
    @Nullable String model,
    @Nullable String finishReason,
    @Nullable String message,
    List<ToolCall> toolCalls,
    boolean cachesApart) {

  private static final Map<String, String> CHAT_REASONS =
      Map.of(
          "stop", "complete",
          "tool_calls", "tool_use",
          "function_call", "tool_use");
  private static final Map<String, String> ANTHROPIC_REASONS =
      Map.of("end_turn", "complete", "max_tokens", "length");

  /**
   * A call of a tool.
   *
   * @param arguments as JSON
   */
  record ToolCall(String id, String name, String arguments) {}

  /** The answer in the payload of a call's end; null when there is none that can be told. */
  static @Nullable ModelResponse read(@Nullable Object payload) {
    if (!(payload instanceof Map<?, ?> body)) {
      return null;
    }
    boolean chat = body.get("choices") instanceof List;
    boolean responses =
        body.get("output") instanceof List || body.get("output_text") instanceof String;
    boolean anthropic = "message".equals(body.get("type")) && body.get("content") instanceof List;
    if ((chat ? 1 : 0) + (responses ? 1 : 0) + (anthropic ? 1 : 0) != 1) {
      return null;
    }
    return chat ? chat(body) : responses ? responses(body) : anthropic(body);
  }

  private static @Nullable ModelResponse chat(Map<?, ?> body) {
    List<?> choices = list(body.get("choices"));
    Map<?, ?> choice = choices.isEmpty() ? Map.of() : members(choices.get(0));
    Map<?, ?> message = members(choice.get("message"));
    Object content = message.get("content");
    if (content != null && !(content instanceof String)) {
      return null;
    }
    List<ToolCall> calls = new ArrayList<>();
    for (Object element : list(message.get("tool_calls"))) {
      Map<?, ?> function = members(members(element).get("function"));
      if (function.get("name") instanceof String name) {
        calls.add(new ToolCall(text(members(element), "id", ""), name, arguments(function)));
      }
    }
    String reason = text(choice, "finish_reason");
    return new ModelResponse(
        text(body, "id"),
        text(body, "model"),
        reason == null ? null : CHAT_REASONS.getOrDefault(reason, reason),
        (String) content,
        calls,
        false);
  }

  private static ModelResponse responses(Map<?, ?> body) {
    List<String> texts = new ArrayList<>();
    List<ToolCall> calls = new ArrayList<>();
    for (Object element : list(body.get("output"))) {
      Map<?, ?> item = members(element);
      if ("message".equals(item.get("type"))) {
        list(item.get("content")).forEach(part -> addText(texts, members(part), "output_text"));
      } else if ("function_call".equals(item.get("type"))) {
        calls.add(new ToolCall(text(item, "call_id", ""), text(item, "name", ""), arguments(item)));
      } else {
        addText(texts, item, "output_text");
      }
    }
    String whole = text(body, "output_text");
    String message = texts.isEmpty() ? whole : String.join("\n", texts);
    return new ModelResponse(
        text(body, "id"),
        text(body, "model"),
        responsesReason(body),
        message == null || message.isEmpty() ? null : message,
        calls,
        false);
  }

  private static @Nullable String responsesReason(Map<?, ?> body) {
    String status = text(body, "status");
    if (status == null || !status.equals("incomplete")) {
      return "completed".equals(status) ? "complete" : status;
    }
    String reason = text(members(body.get("incomplete_details")), "reason");
    return "max_output_tokens".equals(reason) ? "length" : reason == null ? status : reason;
  }

  private static ModelResponse anthropic(Map<?, ?> body) {
    List<String> texts = new ArrayList<>();
    List<ToolCall> calls = new ArrayList<>();
    for (Object element : list(body.get("content"))) {
      Map<?, ?> block = members(element);
      addText(texts, block, "text");
      if ("tool_use".equals(block.get("type"))) {
        calls.add(
            new ToolCall(
                text(block, "id", ""),
                text(block, "name", ""),
                JsonTree.write(block.get("input"))));
      }
    }
    String reason = text(body, "stop_reason");
    return new ModelResponse(
        text(body, "id"),
        text(body, "model"),
        reason == null ? null : ANTHROPIC_REASONS.getOrDefault(reason, reason),
        texts.isEmpty() ? null : texts.stream().collect(Collectors.joining("\n")),
        calls,
        true);
  }

  private static void addText(List<String> texts, Map<?, ?> part, String type) {
    if (type.equals(part.get("type")) && part.get("text") instanceof String text) {
      texts.add(text);
    }
  }

  /** Arguments are JSON in a text; a text that is no JSON is shown as a JSON text. */
  private static String arguments(Map<?, ?> function) {
    return function.get("arguments") instanceof String text
        ? JsonTree.write(JsonTree.parseWhole(text))
        : "{}";
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> members(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? members : Map.of();
  }

  private static @Nullable String text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? text : null;
  }

  private static String text(Map<?, ?> members, String name, String otherwise) {
    String text = text(members, name);
    return text == null ? otherwise : text;
  }
}
