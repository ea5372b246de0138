package io.fairlead.runtimes.atof.hooks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects as maps. */
final class Tree {

  private Tree() {}

  /** An object of names and values; names whose value is null are left out. */
  static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        tree.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
      }
    }
    return tree;
  }

  /** Both; of equal names the second counts unless it is null. */
  static Map<String, @Nullable Object> merge(
      Map<String, @Nullable Object> first, Map<String, @Nullable Object> second) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(first);
    second.forEach(
        (name, value) -> {
          if (value != null) {
            merged.put(name, value);
          }
        });
    return merged;
  }

  /** A value as an object; an empty one when it is something else. */
  static Map<String, @Nullable Object> object(@Nullable Object value) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, member) -> tree.put(String.valueOf(name), member));
    }
    return tree;
  }
}
