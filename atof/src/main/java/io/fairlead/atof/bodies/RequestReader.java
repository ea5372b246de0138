package io.fairlead.atof.bodies;

import static io.fairlead.atof.bodies.Fields.flag;
import static io.fairlead.atof.bodies.Fields.integer;
import static io.fairlead.atof.bodies.Fields.number;
import static io.fairlead.atof.bodies.Fields.object;
import static io.fairlead.atof.bodies.Fields.objects;
import static io.fairlead.atof.bodies.Fields.text;
import static io.fairlead.atof.bodies.Fields.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a model was asked. */
final class RequestReader {

  private RequestReader() {}

  /** The request in a body; null when it has no shape, or more than one. */
  static @Nullable ModelRequest read(Map<?, ?> body) {
    BodyShape shape = Shapes.ofRequest(body);
    if (shape == null) {
      return null;
    }
    return switch (shape) {
      case OPENAI_RESPONSES -> responses(body);
      case GEMINI -> gemini(body);
      default -> messages(shape, body);
    };
  }

  /** OpenAI's chat and Anthropic's messages, which only differ in members the other has not. */
  private static ModelRequest messages(BodyShape shape, Map<?, ?> body) {
    Long most = integer(body, "max_completion_tokens");
    return new ModelRequest(
        shape,
        text(body, "model"),
        new RequestParameters(
            number(body, "temperature"),
            most != null ? most : integer(body, "max_tokens"),
            number(body, "top_p"),
            number(body, "top_k"),
            texts(body.containsKey("stop") ? body.get("stop") : body.get("stop_sequences")),
            integer(body, "seed"),
            number(body, "frequency_penalty"),
            number(body, "presence_penalty"),
            integer(body, "n"),
            reasoningLevel(body),
            outputType(body),
            flag(body, "stream")),
        PartReader.parts(body.get("system")),
        objects(body.get("messages")).stream()
            .map(message -> MessageReader.message(message, null))
            .toList(),
        tools(body));
  }

  private static ModelRequest responses(Map<?, ?> body) {
    return new ModelRequest(
        BodyShape.OPENAI_RESPONSES,
        text(body, "model"),
        new RequestParameters(
            number(body, "temperature"),
            integer(body, "max_output_tokens"),
            number(body, "top_p"),
            null,
            List.of(),
            null,
            null,
            null,
            null,
            reasoningLevel(body),
            outputType(body),
            flag(body, "stream")),
        PartReader.parts(body.get("instructions")),
        items(body.get("input")),
        tools(body));
  }

  private static @Nullable String reasoningLevel(Map<?, ?> body) {
    String level = text(body, "reasoning_effort");
    return level != null ? level : text(object(body, "reasoning"), "effort");
  }

  /** The format stands at the top in chat completions, under {@code text} in responses. */
  private static @Nullable String outputType(Map<?, ?> body) {
    Map<?, ?> format = object(body, "response_format");
    if (format.isEmpty()) {
      format = object(object(body, "text"), "format");
    }
    return text(format, "type", "").startsWith("json") ? "json" : null;
  }

  private static List<Message> items(@Nullable Object input) {
    List<Message> messages = new ArrayList<>();
    for (String text : texts(input)) {
      messages.add(new Message("user", null, List.of(new Part.Text(text))));
    }
    for (Map<?, ?> item : objects(input)) {
      messages.add(item(item));
    }
    return messages;
  }

  /** An item: a message, or a part that stands alone. */
  private static Message item(Map<?, ?> item) {
    if (text(item, "role") != null) {
      return MessageReader.message(item, null);
    }
    Part part = PartReader.part(item);
    String role = part instanceof Part.ToolResult ? "tool" : "assistant";
    return new Message(role, null, List.of(part));
  }

  private static ModelRequest gemini(Map<?, ?> body) {
    Map<?, ?> config = object(body, "generationConfig");
    List<ToolDefinition> tools = new ArrayList<>();
    for (Map<?, ?> group : objects(body.get("tools"))) {
      objects(group.get("functionDeclarations"))
          .forEach(function -> tools.add(tool("function", function, "parameters", function)));
    }
    return new ModelRequest(
        BodyShape.GEMINI,
        text(body, "model"),
        new RequestParameters(
            number(config, "temperature"),
            integer(config, "maxOutputTokens"),
            number(config, "topP"),
            number(config, "topK"),
            texts(config.get("stopSequences")),
            integer(config, "seed"),
            number(config, "frequencyPenalty"),
            number(config, "presencePenalty"),
            integer(config, "candidateCount"),
            text(object(config, "thinkingConfig"), "thinkingLevel"),
            "application/json".equals(text(config, "responseMimeType")) ? "json" : null,
            null),
        GeminiParts.parts(object(body, "systemInstruction")),
        objects(body.get("contents")).stream()
            .map(content -> GeminiParts.message(content, null))
            .toList(),
        tools);
  }

  private static List<ToolDefinition> tools(Map<?, ?> body) {
    return objects(body.get("tools")).stream().map(RequestReader::tool).toList();
  }

  private static ToolDefinition tool(Map<?, ?> tool) {
    String type = text(tool, "type", "function");
    Map<?, ?> function = object(tool, "function");
    if (!function.isEmpty()) {
      return tool(type, function, "parameters", tool);
    }
    return tool(
        type.equals("custom") && tool.containsKey("input_schema") ? "function" : type,
        tool,
        tool.containsKey("input_schema") ? "input_schema" : "parameters",
        tool);
  }

  private static ToolDefinition tool(
      String type, Map<?, ?> function, String parameters, Map<?, ?> value) {
    return new ToolDefinition(
        type,
        text(function, "name"),
        text(function, "description"),
        function.get(parameters),
        value);
  }
}
