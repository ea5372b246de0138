package io.fairlead.exporters.otel.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter or program of our own captured of a model call other than as a body of some API,
 * as messages of OpenInference. Relay makes messages of bodies alone.
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

  private static void said(
      AttributeSheet sheet, String name, String role, @Nullable String content) {
    sheet.text(name + "role", role);
    sheet.text(name + "content", content);
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
