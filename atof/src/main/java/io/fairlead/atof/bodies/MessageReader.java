package io.fairlead.atof.bodies;

import static io.fairlead.atof.bodies.Fields.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads messages with a role and a content: those of OpenAI, Anthropic and OpenClaw. */
final class MessageReader {

  private static final Set<String> RESULT_ROLES = Set.of("tool", "function", "toolResult");
  private static final List<String> THOUGHTS = List.of("reasoning_content", "reasoning");

  private MessageReader() {}

  /** A message. */
  static Message message(Map<?, ?> message, @Nullable String finishReason) {
    String role = text(message, "role", "assistant");
    String name = text(message, "name");
    if (RESULT_ROLES.contains(role)) {
      String kept = role.equals("function") ? role : "tool";
      return new Message(kept, name, List.of(result(message)));
    }
    Message read = new Message(role, name, parts(message), finishReason);
    return read.isToolResult() ? new Message("tool", name, read.parts(), finishReason) : read;
  }

  private static Part result(Map<?, ?> message) {
    String id = text(message, "tool_call_id");
    return new Part.ToolResult(
        id != null ? id : text(message, "toolCallId"), Inline.without(message.get("content")));
  }

  private static List<Part> parts(Map<?, ?> message) {
    List<Part> parts = new ArrayList<>();
    for (String name : THOUGHTS) {
      String thought = text(message, name);
      if (thought != null && !thought.isEmpty() && parts.isEmpty()) {
        parts.add(new Part.Reasoning(thought));
      }
    }
    parts.addAll(PartReader.parts(message.get("content")));
    String refusal = text(message, "refusal");
    if (refusal != null) {
      parts.add(new Part.Refusal(refusal));
    }
    for (Map<?, ?> call : Fields.objects(message.get("tool_calls"))) {
      parts.add(call(call));
    }
    Map<?, ?> function = Fields.object(message, "function_call");
    Part old = PartReader.toolCall(null, function, function.get("arguments"));
    if (old != null) {
      parts.add(old);
    }
    return parts;
  }

  /** A call; its name and arguments stand in it where Hermes wrote it. */
  private static Part call(Map<?, ?> call) {
    Part flat =
        call.get("function") == null
            ? PartReader.toolCall(text(call, "id"), call, call.get("arguments"))
            : null;
    if (flat != null) {
      return flat;
    }
    return call.get("function") instanceof Map && call.get("type") == null
        ? chat(call)
        : PartReader.part(call);
  }

  /** Some servers leave the type out. */
  private static Part chat(Map<?, ?> call) {
    Map<?, ?> function = Fields.object(call, "function");
    Part read = PartReader.toolCall(text(call, "id"), function, function.get("arguments"));
    return read != null ? read : PartReader.other("function", call);
  }
}
