package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.config.ConfigNode;
import org.jspecify.annotations.Nullable;

/** Values of a configuration document as JSON. */
final class NodeTree {

  private NodeTree() {}

  static @Nullable Object of(@Nullable ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      Members members = new Members();
      table.entries().forEach((key, entry) -> members.put(key, of(entry.value())));
      return members;
    }
    if (node instanceof ConfigNode.Array array) {
      return array.elements().stream().map(NodeTree::of).toList();
    }
    if (node instanceof ConfigNode.Text text) {
      return text.value();
    }
    if (node instanceof ConfigNode.Integer number) {
      return NumberText.of(number.value());
    }
    if (node instanceof ConfigNode.Decimal number) {
      return NumberText.of(number.value());
    }
    if (node instanceof ConfigNode.Bool bool) {
      return bool.value();
    }
    return node instanceof ConfigNode.DateTime time ? time.text() : null;
  }
}
