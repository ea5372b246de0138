package io.fairlead.runtimes.atof.files;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a file was read.
 *
 * @param path where it was last
 * @param head its first bytes, by which it is known again; at most {@link #HEAD}
 * @param offset bytes read, whole lines
 * @param lines lines read
 * @param silent bytes of them that were only remembered: they were there before anybody looked
 */
record Position(String path, byte[] head, long offset, long lines, long silent) {

  static final int HEAD = 256;

  static Position beginning(String path, byte[] head, long silent) {
    return new Position(path, head, 0, 0, silent);
  }

  Position at(long newOffset, long newLines, byte[] newHead) {
    return new Position(path, newHead, newOffset, newLines, silent);
  }

  Position movedTo(String newPath) {
    return new Position(newPath, head, offset, lines, silent);
  }

  byte[] toBytes() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("path", path);
    json.put("head", Base64.getEncoder().encodeToString(head));
    json.put("offset", NumberText.of(offset));
    json.put("lines", NumberText.of(lines));
    json.put("silent", NumberText.of(silent));
    return JsonTree.write(json).getBytes(StandardCharsets.UTF_8);
  }

  /** Null when the bytes are none of ours. */
  static @Nullable Position of(byte[] bytes) {
    try {
      if (JsonTree.parse(new String(bytes, StandardCharsets.UTF_8)) instanceof Map<?, ?> json
          && json.get("path") instanceof String path
          && json.get("head") instanceof String head) {
        return new Position(
            path,
            Base64.getDecoder().decode(head),
            number(json.get("offset")),
            number(json.get("lines")),
            number(json.get("silent")));
      }
    } catch (IllegalArgumentException e) {
      // Another version's, or damaged: the file is read anew.
    }
    return null;
  }

  private static long number(@Nullable Object value) {
    Long number = value instanceof NumberText text ? text.asLong() : null;
    return number == null ? 0 : number;
  }
}
