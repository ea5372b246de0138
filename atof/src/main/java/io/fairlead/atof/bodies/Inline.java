package io.fairlead.atof.bodies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes that a body holds inline, as base64. */
final class Inline {

  private static final Set<String> BYTES = Set.of("data", "file_data", "b64_json");

  /** What tells that a member named {@code data} beside it holds bytes. */
  private static final Set<String> MARKS =
      Set.of("media_type", "mime_type", "mimeType", "format", "filename");

  private Inline() {}

  /** A place that can be shown: no {@code data:} URI. */
  static @Nullable String reference(@Nullable String uri) {
    return uri == null || uri.regionMatches(true, 0, "data:", 0, 5) ? null : uri;
  }

  /** The MIME type a {@code data:} URI begins with, or null. */
  static @Nullable String mediaType(@Nullable String uri) {
    if (uri == null || reference(uri) != null) {
      return null;
    }
    int end = 5;
    while (end < uri.length() && ";,".indexOf(uri.charAt(end)) < 0) {
      end++;
    }
    return end == 5 || end > 100 ? null : uri.substring(5, end);
  }

  /** A value without its inline bytes. */
  static @Nullable Object without(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      boolean media = members.keySet().stream().anyMatch(MARKS::contains);
      Map<Object, @Nullable Object> rest = new LinkedHashMap<>();
      members.forEach(
          (name, member) -> {
            if (!isBytes(name, member, media)) {
              rest.put(name, without(member));
            }
          });
      return rest;
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> rest = new ArrayList<>(elements.size());
      elements.forEach(element -> rest.add(without(element)));
      return rest;
    }
    return value;
  }

  private static boolean isBytes(Object name, @Nullable Object member, boolean media) {
    if (!(member instanceof String text)) {
      return false;
    }
    return reference(text) == null
        || name.equals("file_data")
        || name.equals("b64_json")
        || (media && BYTES.contains(name));
  }
}
