package io.fairlead.atof;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A parsed JSON object with typed access. A member of another type than asked for makes the record
 * malformed; an absent one is the default.
 */
record JsonObject(Map<String, Object> members) {

  @Nullable String stringOrNull(String name) {
    return value(name, String.class);
  }

  String string(String name) {
    return required(name, stringOrNull(name));
  }

  UUID uuid(String name) {
    return required(name, uuidOrNull(name));
  }

  @Nullable UUID uuidOrNull(String name) {
    String text = stringOrNull(name);
    return text == null ? null : Uuids.parse(text);
  }

  long integer(String name) {
    return required(name, value(name, Long.class));
  }

  long integer(String name, long otherwise) {
    Long value = value(name, Long.class);
    return value == null ? otherwise : value;
  }

  int smallInteger(String name, int otherwise) {
    long value = integer(name, otherwise);
    if (value != (int) value) {
      throw new MalformedJsonException("'" + name + "' is out of range");
    }
    return (int) value;
  }

  @Nullable Boolean boolOrNull(String name) {
    return value(name, Boolean.class);
  }

  boolean bool(String name) {
    return Boolean.TRUE.equals(boolOrNull(name));
  }

  @Nullable JsonObject objectOrNull(String name) {
    return value(name, JsonObject.class);
  }

  JsonObject object(String name) {
    return required(name, objectOrNull(name));
  }

  List<String> strings(String name) {
    return elements(name, String.class);
  }

  List<JsonObject> objects(String name) {
    return elements(name, JsonObject.class);
  }

  /** A constant whose name was written in lower case. */
  <E extends Enum<E>> E constant(String name, Class<E> type, @Nullable E otherwise) {
    String text = stringOrNull(name);
    if (text == null) {
      return required(name, otherwise);
    }
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("'" + name + "' holds a word this version does not know");
    }
  }

  private <T> List<T> elements(String name, Class<T> type) {
    List<?> list = value(name, List.class);
    if (list == null) {
      return List.of();
    }
    for (Object element : list) {
      if (!type.isInstance(element)) {
        throw new MalformedJsonException("'" + name + "' holds an element of the wrong type");
      }
    }
    return list.stream().map(type::cast).toList();
  }

  private <T> @Nullable T value(String name, Class<T> type) {
    Object value = members.get(name);
    if (value != null && !type.isInstance(value)) {
      throw new MalformedJsonException("'" + name + "' has the wrong type");
    }
    return type.cast(value);
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new MalformedJsonException("'" + name + "' is missing");
    }
    return value;
  }
}
