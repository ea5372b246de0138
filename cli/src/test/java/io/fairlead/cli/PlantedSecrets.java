package io.fairlead.cli;

import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;

/** A document made of the specs of everything that is installed, with a secret in every secret. */
@NullUnmarked // a field without a value is a null here
final class PlantedSecrets {

  /** Secrets by what they are, whatever a spec says. */
  private static final Set<String> ALWAYS = Set.of("headers");

  private final String token;
  private final Set<String> places = new TreeSet<>();
  private String document = "";

  private PlantedSecrets(String token) {
    this.token = token;
  }

  static PlantedSecrets everywhere(String token) {
    PlantedSecrets planted = new PlantedSecrets(token);
    Map<String, Object> sections = new LinkedHashMap<>(Map.of("version", 4));
    List<Object> components = new ArrayList<>();
    try (ComponentCatalog catalog = PluginConfig.catalog(KernelOptions.defaults())) {
      for (ComponentCatalog.Entry entry : catalog.entries()) {
        ComponentProvider provider = entry.provider();
        if (provider instanceof ExporterProvider) {
          sections.put(
              entry.kind(), planted.table(provider.configSpec(), "observability." + entry.kind()));
        } else {
          Map<String, Object> config = planted.table(provider.configSpec(), entry.kind());
          components.add(Map.of("kind", entry.kind(), "config", config));
        }
      }
    }
    components.add(Map.of("kind", "observability", "config", sections));
    planted.document = json(Map.of("components", components));
    return planted;
  }

  /** Where a secret is, without numbers. */
  Set<String> places() {
    return places;
  }

  /** JSON, which is YAML. */
  String document() {
    return document;
  }

  private Map<String, Object> table(ConfigSpec spec, String path) {
    Map<String, Object> table = new LinkedHashMap<>();
    for (FieldSpec field : spec.fields()) {
      Object value = value(field, path + "." + field.name());
      if (value != null) {
        table.put(field.name(), value);
      }
    }
    return table;
  }

  private Object value(FieldSpec field, String path) {
    boolean secret = field.secret() || ALWAYS.contains(field.name());
    if (secret) {
      places.add(path);
    }
    String planted = token + path;
    return switch (field.type()) {
      case STRING, DURATION, INTEGER_OR_STRING -> secret ? planted : word(field);
      case STRING_LIST -> secret ? List.of(planted) : null;
      case STRING_MAP, ANY_TABLE -> secret ? Map.of("a", planted) : null;
      case TABLE -> field.table() == null ? null : table(field.table(), path);
      case TABLE_LIST -> field.table() == null ? null : List.of(table(field.table(), path + "[]"));
      case BOOLEAN -> field.name().equals("enabled") ? true : null;
      case INTEGER, DECIMAL -> null;
    };
  }

  private static String word(FieldSpec field) {
    return field.allowed().isEmpty() ? null : field.allowed().get(0);
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PlantedSecrets::json).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }
}
