package io.fairlead.exporters.otel;

import io.fairlead.spi.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configuration documents from plain values. */
final class Nodes {

  private Nodes() {}

  static ConfigNode.Table table(Object... keysAndValues) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.put(
          (String) keysAndValues[i], new ConfigNode.Entry(null, node(keysAndValues[i + 1])));
    }
    return new ConfigNode.Table(entries, null);
  }

  private static ConfigNode node(Object value) {
    if (value instanceof ConfigNode node) {
      return node;
    }
    if (value instanceof String text) {
      return new ConfigNode.Text(text, null);
    }
    if (value instanceof Boolean bool) {
      return new ConfigNode.Bool(bool, null);
    }
    if (value instanceof Integer number) {
      return new ConfigNode.Integer(number, null);
    }
    return new ConfigNode.Array(((List<?>) value).stream().map(Nodes::node).toList(), null);
  }
}
