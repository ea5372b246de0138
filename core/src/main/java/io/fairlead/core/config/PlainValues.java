package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tree without its places. */
public final class PlainValues {

  private PlainValues() {}

  /** Equal for trees that say the same; the order of keys says nothing. */
  public static Object of(ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      Map<String, Object> values = new LinkedHashMap<>();
      table.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
      return values;
    }
    if (node instanceof ConfigNode.Array array) {
      return array.elements().stream().map(PlainValues::of).toList();
    }
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
