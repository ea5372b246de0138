package io.fairlead.core.validation;

import io.fairlead.spi.config.ConfigNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers how runtime adapters are configured, to find two that read the same. */
final class SourceConfigs {

  /** A configuration by its values alone. */
  private record Source(String kind, Object values) {}

  private final Map<Source, String> names = new HashMap<>();

  /** The component of the kind that has the same values already, or null: then it is this one. */
  @Nullable String first(String kind, ConfigNode.Table config, String name) {
    return names.putIfAbsent(new Source(kind, values(config)), name);
  }

  /** A node without its places. Numbers are equal when they are written alike. */
  private static Object values(ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      Map<String, Object> values = new HashMap<>();
      table.entries().forEach((key, entry) -> values.put(key, values(entry.value())));
      return values;
    }
    if (node instanceof ConfigNode.Array array) {
      return array.elements().stream().map(SourceConfigs::values).toList();
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
