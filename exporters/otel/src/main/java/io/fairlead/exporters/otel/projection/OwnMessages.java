package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.bodies.Message;
import io.fairlead.atof.bodies.Part;
import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter or program of our own captured of a model call, as messages of OpenInference.
 * Relay makes messages only of bodies that it wrapped itself.
 */
final class OwnMessages {

  private OwnMessages() {}

  /**
   * A plain text, or messages with roles and parts; nothing of any other payload.
   *
   * @param role who says a plain text
   */
  static void put(AttributeSheet sheet, String prefix, String role, @Nullable Object payload) {
    if (payload instanceof String text) {
      said(sheet, prefix + "0.message.", role, text);
    } else if (payload instanceof List<?> messages) {
      withParts(sheet, prefix, messages);
    }
  }

  /** The messages of a body. */
  static void put(AttributeSheet sheet, String prefix, List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      message(sheet, prefix + i + ".message.", messages.get(i));
    }
  }

  private static void said(
      AttributeSheet sheet, String name, String role, @Nullable String content) {
    sheet.text(name + "role", role);
    sheet.text(name + "content", content);
  }

  private static void message(AttributeSheet sheet, String name, Message message) {
    List<String> texts = new ArrayList<>();
    int calls = 0;
    for (Part part : message.parts()) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      } else if (part instanceof Part.ToolResult result) {
        sheet.text(name + "tool_call_id", result.id());
        texts.add(result.result() instanceof String text ? text : JsonTree.write(result.result()));
      } else if (part instanceof Part.ToolCall call) {
        String tool = name + "tool_calls." + calls++ + ".tool_call.";
        sheet.text(tool + "id", call.id());
        sheet.text(tool + "function.name", call.name());
        sheet.text(
            tool + "function.arguments",
            call.arguments() == null ? "{}" : JsonTree.write(call.arguments()));
      }
    }
    said(sheet, name, message.role(), texts.isEmpty() ? null : String.join("\n", texts));
  }

  private static void withParts(AttributeSheet sheet, String prefix, List<?> messages) {
    int index = 0;
    for (Object element : messages) {
      if (element instanceof Map<?, ?> message
          && message.get("role") instanceof String role
          && message.get("parts") instanceof List<?> parts) {
        said(sheet, prefix + index++ + ".message.", role, texts(parts));
      }
    }
  }

  private static @Nullable String texts(List<?> parts) {
    List<String> texts = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Map<?, ?> members && members.get("content") instanceof String content) {
        texts.add(content);
      }
    }
    return texts.isEmpty() ? null : String.join("\n", texts);
  }
}
