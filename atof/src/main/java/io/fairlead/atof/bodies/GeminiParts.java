package io.fairlead.atof.bodies;

import static io.fairlead.atof.bodies.Fields.object;
import static io.fairlead.atof.bodies.Fields.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Gemini's contents, whose parts are told by the members they have. */
final class GeminiParts {

  private GeminiParts() {}

  static Message message(Map<?, ?> content, @Nullable String finishReason) {
    List<Part> parts = parts(content);
    String role = text(content, "role", finishReason == null ? "user" : "model");
    Message message =
        new Message(role.equals("model") ? "assistant" : role, null, parts, finishReason);
    return message.isToolResult() ? new Message("tool", null, parts) : message;
  }

  static List<Part> parts(Map<?, ?> content) {
    List<Part> parts = new ArrayList<>();
    for (Map<?, ?> part : Fields.objects(content.get("parts"))) {
      parts.add(part(part));
    }
    return parts;
  }

  private static Part part(Map<?, ?> part) {
    String text = text(part, "text");
    if (text != null) {
      return Boolean.TRUE.equals(part.get("thought"))
          ? new Part.Reasoning(text)
          : new Part.Text(text);
    }
    Map<?, ?> call = object(part, "functionCall");
    Part wish = PartReader.toolCall(text(call, "id"), call, call.get("args"));
    if (wish != null) {
      return wish;
    }
    Map<?, ?> response = object(part, "functionResponse");
    if (!response.isEmpty()) {
      return new Part.ToolResult(text(response, "id"), Inline.without(response.get("response")));
    }
    Map<?, ?> file = object(part, "fileData");
    Map<?, ?> media = file.isEmpty() ? object(part, "inlineData") : file;
    if (!media.isEmpty()) {
      String type = text(media, "mimeType");
      return new Part.Media(kind(type), type, Inline.reference(text(media, "fileUri")), null);
    }
    return PartReader.other("unknown", part);
  }

  private static String kind(@Nullable String mediaType) {
    for (String kind : List.of("image", "audio", "video")) {
      if (mediaType != null && mediaType.startsWith(kind + "/")) {
        return kind;
      }
    }
    return "file";
  }
}
