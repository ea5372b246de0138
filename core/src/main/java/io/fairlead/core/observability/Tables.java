package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changed copies of tables. Entries that stay keep their places. */
final class Tables {

  private Tables() {}

  /** A copy with a value; a key that is there keeps its place and order. */
  static ConfigNode.Table with(ConfigNode.Table table, String key, ConfigNode value) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(table.entries());
    ConfigNode.Entry old = entries.get(key);
    SourcePosition place = old == null ? value.position() : old.keyPosition();
    entries.put(key, new ConfigNode.Entry(place, value));
    return new ConfigNode.Table(entries, table.position());
  }

  /** A copy without a key. */
  static ConfigNode.Table without(ConfigNode.Table table, String key) {
    if (table.get(key) == null) {
      return table;
    }
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(table.entries());
    entries.remove(key);
    return new ConfigNode.Table(entries, table.position());
  }

  /** A copy of the keys a spec knows, inside nested tables too. */
  static ConfigNode.Table known(ConfigNode.Table table, ConfigSpec spec) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, entry) -> {
              FieldSpec field = spec.field(key);
              if (field != null) {
                ConfigNode value = known(entry.value(), field.table());
                entries.put(key, new ConfigNode.Entry(entry.keyPosition(), value));
              }
            });
    return new ConfigNode.Table(entries, table.position());
  }

  private static ConfigNode known(ConfigNode node, @Nullable ConfigSpec spec) {
    if (spec == null || spec.fields().isEmpty()) {
      return node;
    }
    if (node instanceof ConfigNode.Array array) {
      List<ConfigNode> elements = new ArrayList<>();
      array.elements().forEach(element -> elements.add(known(element, spec)));
      return new ConfigNode.Array(elements, array.position());
    }
    return node instanceof ConfigNode.Table table ? known(table, spec) : node;
  }

  /** A nested table, or null. */
  static ConfigNode.@Nullable Table table(ConfigNode.Table table, String key) {
    return table.get(key) instanceof ConfigNode.Table inner ? inner : null;
  }

  /** The elements of an array; none when there is no array. */
  static List<ConfigNode> elements(ConfigNode.Table table, String key) {
    return table.get(key) instanceof ConfigNode.Array array ? array.elements() : List.of();
  }

  /** A copy with elements added to an array. */
  static ConfigNode.Table append(ConfigNode.Table table, String key, List<ConfigNode> added) {
    List<ConfigNode> elements = new ArrayList<>(elements(table, key));
    elements.addAll(added);
    ConfigNode old = table.get(key);
    SourcePosition place = old == null ? table.position() : old.position();
    return with(table, key, new ConfigNode.Array(elements, place));
  }

  /** Whether the table says {@code enabled = true}. */
  static boolean enabled(ConfigNode.Table table) {
    return table.get("enabled") instanceof ConfigNode.Bool bool && bool.value();
  }
}
