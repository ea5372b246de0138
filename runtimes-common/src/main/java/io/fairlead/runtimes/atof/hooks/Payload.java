package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.NumberText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON with look-ups by path. A path is names joined by dots; of several, the first that leads to
 * something counts.
 */
record Payload(@Nullable Object tree) {

  static final Payload NOTHING = new Payload(null);

  private static final Object MISSING = new Object();

  /** The value at the first path there is, which may be null too; else null. */
  @Nullable Object value(List<String> paths) {
    for (String path : paths) {
      Object found = at(tree, path);
      if (found != MISSING) {
        return found;
      }
    }
    return null;
  }

  /** Whether there is something at a path, be it null. */
  boolean has(String path) {
    return at(tree, path) != MISSING;
  }

  @Nullable Object value(String path) {
    return value(List.of(path));
  }

  /** The first text, number or truth value that is not empty, as text. */
  @Nullable String text(List<String> paths) {
    for (String path : paths) {
      String text = asText(at(tree, path));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  @Nullable String text(String path) {
    return text(List.of(path));
  }

  /** A whole number; 0 when there is none. */
  long number(String path) {
    Long number = value(path) instanceof NumberText text ? text.asLong() : null;
    return number == null ? 0 : number;
  }

  private static @Nullable Object at(@Nullable Object from, String path) {
    Object value = from;
    for (String name : path.split("\\.")) {
      if (!(value instanceof Map<?, ?> members) || !members.containsKey(name)) {
        return MISSING;
      }
      value = members.get(name);
    }
    return value;
  }

  /** A text, number or truth value as text; null for anything else and for an empty text. */
  static @Nullable String asText(@Nullable Object value) {
    if (value instanceof String text) {
      return text.isEmpty() ? null : text;
    }
    if (value instanceof NumberText number) {
      return number.text();
    }
    return value instanceof Boolean truth ? truth.toString() : null;
  }
}
