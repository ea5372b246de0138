package io.fairlead.testkit;

import io.fairlead.spi.config.ConfigNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A document as JSON, which is YAML too. */
public final class NodeJson {

  private NodeJson() {}

  /** The JSON text of a node. */
  public static String write(ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      return table.entries().entrySet().stream()
          .map(NodeJson::member)
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node instanceof ConfigNode.Array array) {
      return array.elements().stream()
          .map(NodeJson::write)
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (node instanceof ConfigNode.Text text) {
      return string(text.value());
    }
    if (node instanceof ConfigNode.Integer number) {
      return Long.toString(number.value());
    }
    if (node instanceof ConfigNode.Decimal number) {
      return number.value().toString();
    }
    if (node instanceof ConfigNode.Bool bool) {
      return Boolean.toString(bool.value());
    }
    throw new IllegalArgumentException("JSON has no " + node.typeName());
  }

  private static String member(Map.Entry<String, ConfigNode.Entry> member) {
    return string(member.getKey()) + ":" + write(member.getValue().value());
  }

  private static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
