package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.StableIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells values apart without keeping them. */
final class Fingerprint {

  private Fingerprint() {}

  /** Equal for equal JSON, whatever the order of its members. */
  static String of(@Nullable Object tree) {
    return StableIds.uuid("json", JsonTree.write(sorted(tree))).toString();
  }

  static String of(byte[] body) {
    return StableIds.uuid("body", new String(body, StandardCharsets.ISO_8859_1)).toString();
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      members.forEach((name, member) -> sorted.put(String.valueOf(name), sorted(member)));
      return sorted;
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> sorted = new ArrayList<>();
      elements.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return value;
  }
}
