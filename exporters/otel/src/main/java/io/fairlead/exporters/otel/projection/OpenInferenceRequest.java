package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.bodies.BodyShape;
import io.fairlead.atof.bodies.ModelRequest;
import io.fairlead.atof.bodies.Part;
import io.fairlead.atof.bodies.RequestParameters;
import io.fairlead.atof.bodies.ToolDefinition;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model was asked as OpenInference shows it: messages of one text, tools as JSON. */
final class OpenInferenceRequest {

  /** What NeMo Relay calls an item of a conversation that no role speaks. */
  private static final String NATIVE = "provider_native";

  private static final Map<BodyShape, String> APIS =
      Map.of(
          BodyShape.OPENAI_CHAT, "openai_chat",
          BodyShape.OPENAI_RESPONSES, "openai_responses",
          BodyShape.ANTHROPIC_MESSAGES, "anthropic_messages",
          BodyShape.GEMINI, "gemini_generate_content");

  private final ModelRequest request;

  OpenInferenceRequest(ModelRequest request) {
    this.request = request;
  }

  /**
   * One message.
   *
   * @param role who speaks
   * @param text what is said, or null
   * @param answersTo id of the tool call this is the result of, or null
   */
  record Message(String role, @Nullable String text, @Nullable String answersTo) {}

  /** What stands above the conversation, or null. */
  @Nullable String instructions() {
    return text(request.instructions());
  }

  /** The conversation; of a message of nothing but results each result is one. */
  List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    for (io.fairlead.atof.bodies.Message message : request.messages()) {
      if (message.isToolResult()) {
        results(message, messages);
      } else {
        messages.add(new Message(role(message), text(message.parts()), null));
      }
    }
    return messages;
  }

  private void results(io.fairlead.atof.bodies.Message message, List<Message> into) {
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolResult result) {
        into.add(new Message(message.role(), written(result.result()), result.id()));
      }
    }
  }

  /** Items of a conversation need no role; those that are not calls have none. */
  private String role(io.fairlead.atof.bodies.Message message) {
    boolean item = request.shape() == BodyShape.OPENAI_RESPONSES && message.parts().size() == 1;
    Part first = item ? message.parts().get(0) : null;
    return first instanceof Part.Reasoning || first instanceof Part.Other ? NATIVE : message.role();
  }

  /** The text in the parts, or null. A lone text is shown as any payload is. */
  private static @Nullable String text(List<Part> parts) {
    if (parts.size() == 1 && parts.get(0) instanceof Part.Text only) {
      return DisplayText.ofString(only.text());
    }
    StringBuilder texts = new StringBuilder();
    for (Part part : parts) {
      String text = text(part);
      if (text != null) {
        texts.append(texts.isEmpty() ? "" : "\n").append(text);
      }
    }
    String text = texts.toString().strip();
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String text(Part part) {
    if (part instanceof Part.Text text) {
      return text.text();
    }
    return part instanceof Part.Refusal refusal ? refusal.text() : null;
  }

  /** The result itself, or JSON; in OpenAI's chat the type of a part stands before all else. */
  private String written(@Nullable Object result) {
    if (result instanceof String text) {
      return text;
    }
    if (request.shape() != BodyShape.OPENAI_CHAT || !(result instanceof List<?> parts)) {
      return JsonTree.write(result);
    }
    List<@Nullable Object> ordered = new ArrayList<>();
    for (Object part : parts) {
      ordered.add(part instanceof Map<?, ?> members ? typeFirst(members) : part);
    }
    return JsonTree.write(ordered);
  }

  private static Map<String, @Nullable Object> typeFirst(Map<?, ?> part) {
    Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
    ordered.put("type", "unknown");
    ordered.putAll(JsonTree.copy(part));
    return ordered;
  }

  /** How it wants to be answered, as JSON; null when it does not say. */
  @Nullable String parameters() {
    RequestParameters asked = request.parameters();
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (asked.temperature() != null) {
      parameters.put("temperature", fraction(asked.temperature()));
    }
    if (asked.maxTokens() != null) {
      parameters.put("max_tokens", NumberText.of(asked.maxTokens()));
    }
    if (asked.topP() != null) {
      parameters.put("top_p", fraction(asked.topP()));
    }
    if (!asked.stopSequences().isEmpty()) {
      parameters.put("stop", asked.stopSequences());
    }
    return parameters.isEmpty() ? null : JsonTree.write(parameters);
  }

  /** Numbers with a fraction by nature are written with one. */
  private static NumberText fraction(NumberText number) {
    return number.integral() ? new NumberText(number.text() + ".0", false) : number;
  }

  /** The tools offered as JSON: functions as OpenAI's chat API has them, others as they are. */
  List<String> tools() {
    return request.tools().stream().map(this::tool).map(JsonTree::write).toList();
  }

  private Map<String, @Nullable Object> tool(ToolDefinition tool) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    if (tool.type().equals("function") && tool.name() != null) {
      Object wrapped = tool.value().get("function");
      Object strict = JsonTree.at(wrapped == null ? tool.value() : wrapped, "strict");
      Map<String, @Nullable Object> function = new LinkedHashMap<>();
      put(function, "name", tool.name());
      put(function, "description", tool.description());
      put(function, "parameters", tool.parameters());
      put(function, "strict", strict);
      shown.put("type", "function");
      shown.put("function", function);
      return shown;
    }
    shown.put("type", NATIVE);
    shown.put("provider", APIS.getOrDefault(request.shape(), "unknown"));
    shown.put("kind", tool.type());
    shown.put("value", tool.value());
    return shown;
  }

  private static void put(Map<String, @Nullable Object> into, String name, @Nullable Object value) {
    if (value != null) {
      into.put(name, value);
    }
  }
}
