package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations by their values alone, wherever they were written. */
public final class PlainValues {

  private PlainValues() {}

  /** Equal for nodes that say the same. Numbers are equal when they are written alike. */
  public static Object of(ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      Map<String, Object> values = new HashMap<>();
      table.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
      return values;
    }
    if (node instanceof ConfigNode.Array array) {
      return array.elements().stream().map(PlainValues::of).toList();
    }
    return scalar(node);
  }

  private static Object scalar(ConfigNode node) {
    if (node instanceof ConfigNode.Text text) {
      return text.value();
    }
    if (node instanceof ConfigNode.Integer number) {
      return number.value();
    }
    if (node instanceof ConfigNode.Decimal number) {
      return number.value();
    }
    if (node instanceof ConfigNode.Bool bool) {
      return bool.value();
    }
    return node instanceof ConfigNode.DateTime time ? List.of(time.text()) : List.of();
  }
}
