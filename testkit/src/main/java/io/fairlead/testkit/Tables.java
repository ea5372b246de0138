package io.fairlead.testkit;

import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configuration tables from Java values, without positions. */
public final class Tables {

  private Tables() {}

  /**
   * A table of keys and values in turn: {@code table("port", 9464, "labels", Map.of("a", "b"))}.
   *
   * @param keysAndValues strings, each followed by a String, Integer, Long, BigDecimal, Boolean,
   *     List, Map or {@link ConfigNode}
   */
  public static ConfigNode.Table table(Object... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a key has no value");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return of(values);
  }

  /** A table of the values {@link #table} takes. */
  public static ConfigNode.Table of(Map<String, ?> values) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    values.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(null, node(value))));
    return new ConfigNode.Table(entries, null);
  }

  private static ConfigNode node(Object value) {
    if (value instanceof ConfigNode node) {
      return node;
    }
    if (value instanceof String text) {
      return new ConfigNode.Text(text, null);
    }
    if (value instanceof Integer || value instanceof Long) {
      return new ConfigNode.Integer(((Number) value).longValue(), null);
    }
    if (value instanceof BigDecimal decimal) {
      return new ConfigNode.Decimal(decimal, null);
    }
    if (value instanceof Boolean bool) {
      return new ConfigNode.Bool(bool, null);
    }
    if (value instanceof List<?> list) {
      return new ConfigNode.Array(list.stream().map(Tables::node).toList(), null);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, element) -> values.put((String) key, element));
      return of(values);
    }
    throw new IllegalArgumentException("no configuration value: " + value.getClass());
  }
}
