package io.fairlead.atof.bodies;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of JSON objects by type. What is not there, or is something else, is null or empty. */
final class Fields {

  /** Beyond it a number is no count of tokens, and a sum of some stays far from overflow. */
  private static final long MOST = 1_000_000_000_000L;

  private Fields() {}

  static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? members : Map.of();
  }

  static Map<?, ?> object(Map<?, ?> in, String name) {
    return object(in.get(name));
  }

  static List<?> list(Map<?, ?> in, String name) {
    return in.get(name) instanceof List<?> list ? list : List.of();
  }

  /** The objects among the elements of a list. */
  static List<Map<?, ?>> objects(@Nullable Object value) {
    List<Map<?, ?>> objects = new ArrayList<>();
    for (Object element : value instanceof List<?> list ? list : List.of()) {
      if (element instanceof Map<?, ?> members) {
        objects.add(members);
      }
    }
    return objects;
  }

  static @Nullable String text(Map<?, ?> in, String name) {
    return in.get(name) instanceof String text ? text : null;
  }

  static String text(Map<?, ?> in, String name, String otherwise) {
    return in.get(name) instanceof String text ? text : otherwise;
  }

  static List<String> texts(@Nullable Object value) {
    if (value instanceof String text) {
      return List.of(text);
    }
    List<String> texts = new ArrayList<>();
    for (Object element : value instanceof List<?> list ? list : List.of()) {
      if (element instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  static @Nullable Boolean flag(Map<?, ?> in, String name) {
    return in.get(name) instanceof Boolean flag ? flag : null;
  }

  static @Nullable NumberText number(Map<?, ?> in, String name) {
    return in.get(name) instanceof NumberText number ? number : null;
  }

  static @Nullable Long integer(Map<?, ?> in, String name) {
    return in.get(name) instanceof NumberText number ? number.asLong() : null;
  }

  /** A count of tokens, or {@code UNKNOWN}. */
  static long count(Map<?, ?> in, String name) {
    Long count = integer(in, name);
    return count == null || count < 0 || count > MOST ? -1 : count;
  }

  /** The first count there is under any of the names. */
  static long count(Map<?, ?> in, List<String> names) {
    for (String name : names) {
      long count = count(in, name);
      if (count >= 0) {
        return count;
      }
    }
    return -1;
  }

  /** The value of JSON in a text; the value itself where it is no such text. */
  static @Nullable Object unpacked(@Nullable Object value) {
    return value instanceof String text ? JsonTree.sortedOrText(text) : value;
  }
}
