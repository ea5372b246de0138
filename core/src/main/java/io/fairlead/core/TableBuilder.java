package io.fairlead.core;

import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds a table of a configuration document. A key set again has the latest value. */
public final class TableBuilder {

  private final Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();

  TableBuilder() {}

  /**
   * Sets a key.
   *
   * @param value a String, whole number, decimal number, Boolean, List, Map with String keys, or
   *     {@link ConfigNode}
   * @throws IllegalArgumentException when it is anything else
   */
  public TableBuilder set(String key, Object value) {
    entries.put(key, new ConfigNode.Entry(null, node(key, value)));
    return this;
  }

  /** Sets a key to a table. */
  public TableBuilder table(String key, Consumer<TableBuilder> content) {
    TableBuilder table = new TableBuilder();
    content.accept(table);
    return set(key, table.build());
  }

  /** Adds a table to the array of tables of a key. */
  public TableBuilder addTable(String key, Consumer<TableBuilder> content) {
    TableBuilder table = new TableBuilder();
    content.accept(table);
    ConfigNode.Entry before = entries.get(key);
    List<ConfigNode> elements =
        before != null && before.value() instanceof ConfigNode.Array array
            ? new ArrayList<>(array.elements())
            : new ArrayList<>();
    elements.add(table.build());
    return set(key, new ConfigNode.Array(elements, null));
  }

  ConfigNode.Table build() {
    return new ConfigNode.Table(entries, null);
  }

  private static ConfigNode node(String key, Object value) {
    if (value instanceof ConfigNode node) {
      return node;
    }
    if (value instanceof String text) {
      return new ConfigNode.Text(text, null);
    }
    if (value instanceof Boolean bool) {
      return new ConfigNode.Bool(bool, null);
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return new ConfigNode.Integer(((Number) value).longValue(), null);
    }
    if (value instanceof BigDecimal decimal) {
      return new ConfigNode.Decimal(decimal, null);
    }
    if (value instanceof Double number) {
      return new ConfigNode.Decimal(BigDecimal.valueOf(number), null);
    }
    if (value instanceof List<?> list) {
      return new ConfigNode.Array(list.stream().map(e -> node(key, e)).toList(), null);
    }
    if (value instanceof Map<?, ?> map) {
      TableBuilder table = new TableBuilder();
      map.forEach((name, element) -> table.set(String.valueOf(name), element));
      return table.build();
    }
    throw new IllegalArgumentException("no document can hold the value of '" + key + "'");
  }
}
