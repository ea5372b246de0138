package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks a tree and lets texts be replaced; positions and untouched branches stay. */
final class TextReplacer {

  /** Gives the text to stand in place of another. */
  @FunctionalInterface
  interface Replacement {
    String replace(String path, ConfigNode.Text text);
  }

  private final Replacement replacement;

  TextReplacer(Replacement replacement) {
    this.replacement = replacement;
  }

  ConfigNode.Table table(String path, ConfigNode.Table table) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<String, ConfigNode.Entry> entry : table.entries().entrySet()) {
      ConfigNode value = entry.getValue().value();
      ConfigNode replaced = node(FieldPath.key(path, entry.getKey()), value);
      changed |= replaced != value;
      entries.put(entry.getKey(), new ConfigNode.Entry(entry.getValue().keyPosition(), replaced));
    }
    return changed ? new ConfigNode.Table(entries, table.position()) : table;
  }

  private ConfigNode node(String path, ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      return table(path, table);
    }
    if (node instanceof ConfigNode.Array array) {
      return array(path, array);
    }
    if (node instanceof ConfigNode.Text text && Template.mayHoldReferences(text.value())) {
      return new ConfigNode.Text(replacement.replace(path, text), text.position());
    }
    return node;
  }

  private ConfigNode array(String path, ConfigNode.Array array) {
    List<ConfigNode> elements = new ArrayList<>();
    boolean changed = false;
    for (int i = 0; i < array.elements().size(); i++) {
      ConfigNode element = array.elements().get(i);
      ConfigNode replaced = node(FieldPath.element(path, i), element);
      changed |= replaced != element;
      elements.add(replaced);
    }
    return changed ? new ConfigNode.Array(elements, array.position()) : array;
  }
}
