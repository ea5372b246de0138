package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the plain values a program has at hand as JSON: maps, iterables, arrays, texts, numbers,
 * booleans, {@link Json} and null; anything else as its text. Stops at a bound.
 */
final class ContentJson {

  private static final int DEEPEST = 64;
  private static final String TOO_DEEP = "(nested too deep)";

  private final int bound;

  ContentJson(int bound) {
    this.bound = bound;
  }

  /** A value written, and whether the bound cut it. */
  record Written(Json json, boolean cut) {}

  /** Writes a value; throws what the value's own methods throw. */
  Written write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value, 0);
    return out.length() <= bound
        ? new Written(new Json(out.toString()), false)
        : new Written(Json.ofString(out.substring(0, bound)), true);
  }

  private void append(StringBuilder out, @Nullable Object value, int depth) {
    if (out.length() > bound) {
      return;
    }
    if (value == null) {
      out.append("null");
    } else if (value instanceof Json json) {
      out.append(json.text());
    } else if (value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Number number) {
      appendNumber(out, number);
    } else if (value instanceof Optional<?> optional) {
      append(out, optional.orElse(null), depth);
    } else if (value instanceof Map<?, ?> map) {
      appendMap(out, map, depth);
    } else {
      Iterable<?> items = items(value);
      if (items != null) {
        appendItems(out, items, depth);
      } else {
        appendText(out, value instanceof char[] text ? new String(text) : String.valueOf(value));
      }
    }
  }

  /** What a list or an array holds, or null for anything else. */
  private static @Nullable Iterable<?> items(Object value) {
    if (value instanceof Iterable<?> items && !(value instanceof Path)) { // which holds itself
      return items;
    } else if (value instanceof Object[] items) {
      return Arrays.asList(items);
    } else if (value instanceof int[] items) {
      return Arrays.stream(items).boxed().toList();
    } else if (value instanceof long[] items) {
      return Arrays.stream(items).boxed().toList();
    } else if (value instanceof double[] items) {
      return Arrays.stream(items).boxed().toList();
    } else if (value instanceof float[] items) {
      return IntStream.range(0, items.length).mapToObj(i -> items[i]).toList();
    } else if (value instanceof short[] items) {
      return IntStream.range(0, items.length).mapToObj(i -> items[i]).toList();
    } else if (value instanceof byte[] items) {
      return IntStream.range(0, items.length).mapToObj(i -> items[i]).toList();
    } else if (value instanceof boolean[] items) {
      return IntStream.range(0, items.length).mapToObj(i -> items[i]).toList();
    }
    return null;
  }

  private static void appendNumber(StringBuilder out, Number number) {
    boolean plain =
        number instanceof Integer
            || number instanceof Long
            || number instanceof Short
            || number instanceof Byte
            || number instanceof BigInteger
            || number instanceof BigDecimal
            || (number instanceof Double && Double.isFinite(number.doubleValue()))
            || (number instanceof Float && Float.isFinite(number.floatValue()));
    if (plain) {
      out.append(number);
    } else {
      Json.appendQuoted(out, String.valueOf(number));
    }
  }

  private void appendMap(StringBuilder out, Map<?, ?> map, int depth) {
    if (depth == DEEPEST) {
      Json.appendQuoted(out, TOO_DEEP);
      return;
    }
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (out.length() > bound) {
        return;
      }
      out.append(separator);
      appendText(out, String.valueOf(entry.getKey()));
      out.append(':');
      append(out, entry.getValue(), depth + 1);
      separator = ",";
    }
    out.append('}');
  }

  private void appendItems(StringBuilder out, Iterable<?> items, int depth) {
    if (depth == DEEPEST) {
      Json.appendQuoted(out, TOO_DEEP);
      return;
    }
    out.append('[');
    String separator = "";
    for (Object item : items) {
      if (out.length() > bound) {
        return;
      }
      out.append(separator);
      append(out, item, depth + 1);
      separator = ",";
    }
    out.append(']');
  }

  /** No more of a text is copied than can be kept. */
  private void appendText(StringBuilder out, String text) {
    Json.appendQuoted(out, text.length() > bound ? text.substring(0, bound + 1) : text);
  }
}
