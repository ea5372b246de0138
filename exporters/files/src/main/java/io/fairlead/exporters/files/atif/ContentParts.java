package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What ATIF calls content: a text, or an array of text and image parts. */
final class ContentParts {

  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private ContentParts() {}

  /** The value as the message of a step; what is no content becomes its JSON text. */
  static Object message(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return isContent(value) ? value : JsonTree.write(value);
  }

  /** Whether a value is a text or an array of parts. */
  static boolean isContent(@Nullable Object value) {
    if (value instanceof String) {
      return true;
    }
    List<@Nullable Object> parts = JsonTree.list(value);
    return parts != null && parts.stream().allMatch(ContentParts::isPart);
  }

  private static boolean isPart(@Nullable Object part) {
    String type = JsonTree.text(part, "type");
    if ("text".equals(type)) {
      return JsonTree.text(part, "text") != null;
    }
    return "image".equals(type)
        && IMAGES.contains(String.valueOf(JsonTree.text(part, "source", "media_type")))
        && JsonTree.text(part, "source", "path") != null;
  }

  /** The texts of blocks of a type, one per line, or null when there is none. */
  static @Nullable String texts(@Nullable List<@Nullable Object> blocks, String type) {
    List<String> texts = new ArrayList<>();
    for (Object block : blocks == null ? List.<@Nullable Object>of() : blocks) {
      String text = JsonTree.text(block, "text");
      if (text != null && type.equals(JsonTree.text(block, "type"))) {
        texts.add(text);
      }
    }
    return texts.isEmpty() ? null : String.join("\n", texts);
  }

  /** Whether there is a block of a type. */
  static boolean has(@Nullable List<@Nullable Object> blocks, Set<String> types) {
    return blocks != null
        && blocks.stream()
            .anyMatch(
                block ->
                    block instanceof Members
                        && types.contains(String.valueOf(JsonTree.text(block, "type"))));
  }
}
