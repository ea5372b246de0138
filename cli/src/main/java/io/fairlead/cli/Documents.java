package io.fairlead.cli;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Documents that commands make, or make from the user's. */
final class Documents {

  private static final String COMPONENTS = "components";
  private static final String KIND = "kind";

  private Documents() {}

  /** A document of components. */
  static ConfigNode.Table of(List<ConfigNode.Table> components) {
    return table(Map.of(COMPONENTS, new ConfigNode.Array(List.copyOf(components), null)));
  }

  /** A component. */
  static ConfigNode.Table component(String kind, ConfigNode.Table config) {
    Map<String, ConfigNode> keys = new LinkedHashMap<>();
    keys.put(KIND, text(kind));
    keys.put("config", config);
    return table(keys);
  }

  /** An {@code observability} component with nothing but a scrape endpoint on loopback. */
  static ConfigNode.Table scrapeEndpoint(ConfigNode port) {
    Map<String, ConfigNode> section = new LinkedHashMap<>();
    section.put("enabled", new ConfigNode.Bool(true, null));
    section.put("port", port);
    Map<String, ConfigNode> config = new LinkedHashMap<>();
    config.put("version", new ConfigNode.Integer(4, null));
    config.put("prometheus", table(section));
    return component("observability", table(config));
  }

  /** The same document with only some of its components. Anything that is no component stays. */
  static ConfigNode.Table keeping(ConfigNode.Table document, Predicate<String> kinds) {
    if (!(document.get(COMPONENTS) instanceof ConfigNode.Array all)) {
      return document;
    }
    List<ConfigNode> kept = new ArrayList<>();
    for (ConfigNode element : all.elements()) {
      String kind = kind(element);
      if (kind == null || kinds.test(kind)) {
        kept.add(element);
      }
    }
    return with(document, COMPONENTS, new ConfigNode.Array(kept, all.position()));
  }

  /** The kinds a document asks for, disabled ones included, in document order. */
  static List<String> kinds(ConfigNode.Table document) {
    List<String> kinds = new ArrayList<>();
    if (document.get(COMPONENTS) instanceof ConfigNode.Array all) {
      for (ConfigNode element : all.elements()) {
        String kind = kind(element);
        if (kind != null) {
          kinds.add(kind);
        }
      }
    }
    return List.copyOf(kinds);
  }

  /** The same document with a root key set. */
  static ConfigNode.Table with(ConfigNode.Table document, String key, ConfigNode value) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(document.entries());
    entries.put(key, new ConfigNode.Entry(null, value));
    return new ConfigNode.Table(entries, document.position());
  }

  /** A table made by a program. */
  static ConfigNode.Table table(Map<String, ConfigNode> values) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    values.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(null, value)));
    return new ConfigNode.Table(entries, null);
  }

  /** A text made by a program. */
  static ConfigNode.Text text(String value) {
    return new ConfigNode.Text(value, null);
  }

  private static @Nullable String kind(ConfigNode component) {
    return component instanceof ConfigNode.Table table
            && table.get(KIND) instanceof ConfigNode.Text kind
        ? kind.value()
        : null;
  }
}
