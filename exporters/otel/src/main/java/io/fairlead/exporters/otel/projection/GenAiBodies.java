package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.bodies.Message;
import io.fairlead.atof.bodies.ModelRequest;
import io.fairlead.atof.bodies.ModelResponse;
import io.fairlead.atof.bodies.Part;
import io.fairlead.atof.bodies.RequestParameters;
import io.fairlead.atof.bodies.ToolDefinition;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bodies of model calls as the conventions want them: parameters, and messages with parts. */
final class GenAiBodies {

  private GenAiBodies() {}

  /** What the request asks for, without its content. */
  static void parameters(AttributeSheet sheet, ModelRequest request) {
    RequestParameters asked = request.parameters();
    fraction(sheet, "gen_ai.request.temperature", asked.temperature());
    fraction(sheet, "gen_ai.request.top_p", asked.topP());
    fraction(sheet, "gen_ai.request.frequency_penalty", asked.frequencyPenalty());
    fraction(sheet, "gen_ai.request.presence_penalty", asked.presencePenalty());
    integer(sheet, "gen_ai.request.max_tokens", asked.maxTokens());
    integer(sheet, "gen_ai.request.top_k", asked.topK() == null ? null : asked.topK().asLong());
    integer(sheet, "gen_ai.request.seed", asked.seed());
    if (asked.choices() != null && asked.choices() != 1) {
      integer(sheet, "gen_ai.request.choice.count", asked.choices());
    }
    sheet.texts("gen_ai.request.stop_sequences", asked.stopSequences());
    if (Boolean.TRUE.equals(asked.stream())) {
      sheet.flag("gen_ai.request.stream", true);
    }
    sheet.text("gen_ai.request.reasoning.level", asked.reasoningLevel());
    sheet.text("gen_ai.output.type", asked.outputType());
  }

  /** The conversation so far, and the tools by name: their schemas are too long for every call. */
  static void input(AttributeSheet sheet, ModelRequest request) {
    if (!request.instructions().isEmpty()) {
      sheet.json("gen_ai.system_instructions", JsonTree.write(parts(request.instructions())));
    }
    if (!request.messages().isEmpty()) {
      sheet.json(
          "gen_ai.input.messages",
          JsonTree.write(request.messages().stream().map(GenAiBodies::message).toList()));
    }
    List<Object> tools = new ArrayList<>();
    for (ToolDefinition tool : request.tools()) {
      String name = tool.type().equals("function") ? tool.name() : tool.type();
      if (name != null) {
        tools.add(new JsonTree.Members().with("name", name).with("type", tool.type()));
      }
    }
    if (!tools.isEmpty()) {
      sheet.json("gen_ai.tool.definitions", JsonTree.write(tools));
    }
  }

  /** The answer. */
  static void output(AttributeSheet sheet, ModelResponse response) {
    List<Object> messages = new ArrayList<>();
    for (Message choice : response.choices()) {
      if (!choice.parts().isEmpty()) {
        Map<String, @Nullable Object> message = message(choice);
        String reason = choice.finishReason();
        message.put("finish_reason", reason == null ? "unknown" : reason);
        messages.add(message);
      }
    }
    if (!messages.isEmpty()) {
      sheet.json("gen_ai.output.messages", JsonTree.write(messages));
    }
  }

  private static Map<String, @Nullable Object> message(Message message) {
    Map<String, @Nullable Object> shown = new TreeMap<>();
    shown.put("role", message.isToolResult() ? "tool" : message.role());
    shown.put("parts", parts(message.parts()));
    if (message.name() != null) {
      shown.put("name", message.name());
    }
    return shown;
  }

  private static List<Object> parts(List<Part> parts) {
    List<Object> shown = new ArrayList<>();
    parts.forEach(part -> shown.add(part(part)));
    return shown;
  }

  private static Object part(Part part) {
    if (part instanceof Part.Text text) {
      return said("text", text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return said("text", refusal.text());
    }
    if (part instanceof Part.Reasoning reasoning) {
      return said("reasoning", reasoning.text());
    }
    if (part instanceof Part.Media media) {
      return media(media);
    }
    if (part instanceof Part.ToolCall call) {
      Map<String, @Nullable Object> shown = typed("tool_call");
      shown.put("name", call.name());
      shown.put("arguments", call.arguments());
      return withId(shown, call.id());
    }
    if (part instanceof Part.ToolResult result) {
      Map<String, @Nullable Object> shown = typed("tool_call_response");
      shown.put("response", result.result());
      return withId(shown, result.id());
    }
    return ((Part.Other) part).value();
  }

  /** What lies elsewhere is named; of what was inline only the kind is shown. */
  private static Object media(Part.Media media) {
    Map<String, @Nullable Object> shown =
        typed(media.uri() != null ? "uri" : media.fileId() != null ? "file" : "blob");
    shown.put("modality", media.kind());
    if (media.mediaType() != null) {
      shown.put("mime_type", media.mediaType());
    }
    if (media.uri() != null) {
      shown.put("uri", media.uri());
    } else if (media.fileId() != null) {
      shown.put("file_id", media.fileId());
    }
    return shown;
  }

  private static Object said(String type, String content) {
    Map<String, @Nullable Object> shown = typed(type);
    shown.put("content", content);
    return shown;
  }

  private static Map<String, @Nullable Object> typed(String type) {
    Map<String, @Nullable Object> shown = new TreeMap<>();
    shown.put("type", type);
    return shown;
  }

  private static Object withId(Map<String, @Nullable Object> shown, @Nullable String id) {
    if (id != null) {
      shown.put("id", id);
    }
    return shown;
  }

  private static void fraction(AttributeSheet sheet, String name, @Nullable NumberText value) {
    if (value != null) {
      sheet.number(name, value.asDecimal().doubleValue());
    }
  }

  private static void integer(AttributeSheet sheet, String name, @Nullable Long value) {
    if (value != null) {
      sheet.integer(name, value);
    }
  }
}
