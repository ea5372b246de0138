package io.fairlead.core.layers;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The components of a document that may still have any shape. */
final class Components {

  static final String KEY = "components";
  static final String CONFIG = "config";
  static final String ENABLED = "enabled";

  static final String KIND = "kind";
  private static final String NAME = "name";

  private Components() {}

  /** The entries that are tables. */
  static List<ConfigNode.Table> of(ConfigNode.Table document) {
    List<ConfigNode.Table> components = new ArrayList<>();
    if (document.get(KEY) instanceof ConfigNode.Array all) {
      for (ConfigNode element : all.elements()) {
        if (element instanceof ConfigNode.Table table) {
          components.add(table);
        }
      }
    }
    return components;
  }

  /** The kind of an entry, or null. */
  static @Nullable String kind(ConfigNode entry) {
    return text(entry, KIND);
  }

  /** The name of an entry, or null. */
  static @Nullable String name(ConfigNode entry) {
    return text(entry, NAME);
  }

  /** What an entry says about being enabled, or null when it says nothing. */
  static @Nullable Boolean enabled(ConfigNode entry) {
    return entry instanceof ConfigNode.Table table
            && table.get(ENABLED) instanceof ConfigNode.Bool bool
        ? (Boolean) bool.value()
        : null;
  }

  /** The document with each entry changed; an entry made null is gone. */
  static ConfigNode.Table change(
      ConfigNode.Table document, UnaryOperator<@Nullable ConfigNode> change) {
    if (!(document.get(KEY) instanceof ConfigNode.Array all)) {
      return document;
    }
    List<ConfigNode> changed = new ArrayList<>();
    for (ConfigNode element : all.elements()) {
      ConfigNode result = change.apply(element);
      if (result != null) {
        changed.add(result);
      }
    }
    return with(document, KEY, new ConfigNode.Array(changed, all.position()));
  }

  /** A copy with a value; a key that is there keeps its place. */
  static ConfigNode.Table with(ConfigNode.Table table, String key, ConfigNode value) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(table.entries());
    ConfigNode.Entry old = entries.get(key);
    entries.put(
        key, new ConfigNode.Entry(old == null ? value.position() : old.keyPosition(), value));
    return new ConfigNode.Table(entries, table.position());
  }

  /** A copy without a key. */
  static ConfigNode.Table without(ConfigNode.Table table, String key) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(table.entries());
    entries.remove(key);
    return new ConfigNode.Table(entries, table.position());
  }

  private static @Nullable String text(ConfigNode entry, String key) {
    return entry instanceof ConfigNode.Table table && table.get(key) instanceof ConfigNode.Text text
        ? text.value()
        : null;
  }
}
