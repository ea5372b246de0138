package io.fairlead.exporters.files.atif;

import io.fairlead.atof.bodies.Bodies;
import io.fairlead.atof.bodies.BodyShape;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a trajectory shows of the body of a model's answer, whatever the provider. */
final class ResponseBody {

  private ResponseBody() {}

  /** The model that answered, or null. */
  static @Nullable String model(@Nullable Object body) {
    String model = JsonTree.text(body, "model");
    return model == null && Bodies.responseShape(body) == BodyShape.GEMINI
        ? JsonTree.text(body, "modelVersion")
        : model;
  }

  /** The reasoning a body shows beside its answer, or null. */
  static @Nullable String reasoning(@Nullable Object body) {
    return JsonTree.text(body, "reasoning");
  }

  /** What the model said; empty when it only called tools; the whole body when in doubt. */
  static Object message(@Nullable Object body) {
    Object said = body instanceof Members members ? said(members) : null;
    return said != null ? said : ContentParts.message(body);
  }

  private static @Nullable Object said(Members body) {
    Object content = body.get("content");
    if (content != null) {
      Object text =
          Bodies.responseShape(body) == BodyShape.ANTHROPIC_MESSAGES ? anthropic(body) : null;
      return text != null ? text : ContentParts.message(content);
    }
    for (Object candidate :
        new @Nullable Object[] {
          JsonTree.at(body, "assistant_message", "content"),
          JsonTree.at(firstMessage(body), "content"),
          body.get("answer")
        }) {
      if (candidate != null) {
        return ContentParts.message(candidate);
      }
    }
    Object responses = responses(body);
    if (responses != null) {
      return responses;
    }
    return callArray(body) == null ? null : "";
  }

  private static @Nullable Object anthropic(Members body) {
    List<String> texts = new ArrayList<>();
    List<@Nullable Object> blocks = JsonTree.list(body, "content");
    for (Object block : blocks == null ? List.<@Nullable Object>of() : blocks) {
      String text = JsonTree.text(block, "text");
      if (text != null && "text".equals(JsonTree.text(block, "type")) && !text.isBlank()) {
        texts.add(text);
      }
    }
    if (!texts.isEmpty()) {
      return String.join("\n", texts);
    }
    return ContentParts.has(blocks, Set.of("tool_use")) ? "" : null;
  }

  private static @Nullable Object responses(Members body) {
    if (body.get("output_text") instanceof String text) {
      return text;
    }
    List<String> texts = new ArrayList<>();
    List<@Nullable Object> items = JsonTree.list(body, "output");
    for (Object item : items == null ? List.<@Nullable Object>of() : items) {
      String type = JsonTree.text(item, "type");
      String text =
          "message".equals(type)
              ? ContentParts.texts(JsonTree.list(item, "content"), "output_text")
              : "output_text".equals(type) ? JsonTree.text(item, "text") : null;
      if (text != null) {
        texts.add(text);
      }
    }
    return texts.isEmpty() ? null : String.join("\n", texts);
  }

  /** The message of the first choice, also of an answer wrapped as {@code raw_response}. */
  private static @Nullable Object firstMessage(Members body) {
    Object raw = body.containsKey("raw_response") ? body.get("raw_response") : body;
    List<@Nullable Object> choices = JsonTree.list(raw, "choices");
    return choices == null || choices.isEmpty() ? null : JsonTree.at(choices.get(0), "message");
  }

  /** The tool calls it asks for, or null when there are none. */
  static @Nullable List<ToolCall> toolCalls(@Nullable Object body) {
    List<@Nullable Object> items = body instanceof Members members ? callArray(members) : null;
    if (items == null || items.isEmpty()) {
      items = ofType(JsonTree.list(body, "output"), "function_call");
    }
    if (items.isEmpty() && "message".equals(JsonTree.text(body, "type"))) {
      items = ofType(JsonTree.list(body, "content"), "tool_use");
    }
    return ToolCallReader.read(items);
  }

  private static List<@Nullable Object> ofType(
      @Nullable List<@Nullable Object> items, String type) {
    List<@Nullable Object> found = new ArrayList<>();
    for (Object item : items == null ? List.<@Nullable Object>of() : items) {
      if (type.equals(JsonTree.text(item, "type"))) {
        found.add(item);
      }
    }
    return found;
  }

  private static @Nullable List<@Nullable Object> callArray(Members body) {
    List<@Nullable Object> calls = JsonTree.list(body, "tool_calls");
    if (calls == null) {
      calls = JsonTree.list(body, "assistant_message", "tool_calls");
    }
    return calls != null ? calls : JsonTree.list(firstMessage(body), "tool_calls");
  }
}
