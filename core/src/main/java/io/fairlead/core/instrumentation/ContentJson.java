package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the plain values a program has at hand as JSON: maps, iterables, arrays of objects, texts,
 * numbers, booleans, {@link Json} and null; anything else as its text. Stops at a bound.
 */
final class ContentJson {

  private static final int DEEPEST = 64;

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
      append(out, optional.orElse(null), depth + 1);
    } else if (depth < DEEPEST && value instanceof Map<?, ?> map) {
      appendMap(out, map, depth);
    } else if (depth < DEEPEST && value instanceof Iterable<?> items) {
      appendItems(out, items, depth);
    } else if (depth < DEEPEST && value instanceof Object[] items) {
      appendItems(out, Arrays.asList(items), depth);
    } else {
      appendText(out, String.valueOf(value));
    }
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
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      Json.appendQuoted(out, String.valueOf(entry.getKey()));
      out.append(':');
      append(out, entry.getValue(), depth + 1);
      separator = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private void appendItems(StringBuilder out, Iterable<?> items, int depth) {
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
