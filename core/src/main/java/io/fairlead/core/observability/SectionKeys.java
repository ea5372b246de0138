package io.fairlead.core.observability;

import io.fairlead.core.config.Nearest;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.SpecValidator;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reports keys of sections that are unknown or belong to an older generation. */
final class SectionKeys {

  private static final List<String> SIGNALS = List.of("logs", "metrics");

  /** Keys endpoints had before there were releases. */
  private static final List<String> REMOVED = List.of("semantic_selector", "capture_content");

  private final Reporter reporter;

  SectionKeys(Reporter reporter) {
    this.reporter = reporter;
  }

  /** Checks a section's own keys, then those of the tables inside it. */
  void check(String section, ConfigNode.Table table, ConfigSpec spec, @Nullable LegacyKeys legacy) {
    Reporter own = reporter.about(section);
    List<String> known = SpecValidator.names(spec);
    if (legacy != null && legacy.known()) {
      known.addAll(legacy.keys());
    }
    new SpecValidator(own).unknownKeys(known, table, "");
    for (FieldSpec field : spec.fields()) {
      nested(own, section, table, field);
    }
    legacy(own, table, legacy);
  }

  /** Reports the legacy keys a table has, always as errors. */
  static void legacy(Reporter reporter, ConfigNode.Table table, @Nullable LegacyKeys legacy) {
    if (legacy == null) {
      return;
    }
    for (String key : legacy.keys()) {
      ConfigNode.Entry entry = table.entries().get(key);
      if (entry != null) {
        reporter.report(
            Level.ERROR,
            legacy.code(),
            key,
            entry.keyPosition(),
            legacy.before() + key + legacy.after(),
            "declare the version it was written for, such as version = 1, to have it read as it is");
      }
    }
  }

  private void nested(Reporter own, String section, ConfigNode.Table table, FieldSpec field) {
    ConfigSpec spec = field.table();
    ConfigNode node = table.get(field.name());
    if (spec == null || node == null || isOverlaid(section, field, table)) {
      return;
    }
    if (section.equals(OpenTelemetryRules.SECTION) && SIGNALS.contains(field.name())) {
      if (node instanceof ConfigNode.Table signal) {
        signal(field.name(), signal, spec);
      }
      return;
    }
    if (node instanceof ConfigNode.Table inner) {
      new SpecValidator(own).unknownFields(spec, inner, field.name());
    }
    elements(own, section, node, field, spec);
  }

  /** {@code traces} takes the place of {@code endpoints}, which is then not looked at. */
  private static boolean isOverlaid(String section, FieldSpec field, ConfigNode.Table table) {
    return section.equals(OpenTelemetryRules.SECTION)
        && field.name().equals("endpoints")
        && table.get("traces") != null;
  }

  private static void elements(
      Reporter own, String section, ConfigNode node, FieldSpec field, ConfigSpec spec) {
    if (!(node instanceof ConfigNode.Array array) || spec.fields().isEmpty()) {
      return;
    }
    String list = field.name().equals("traces") ? "endpoints" : field.name();
    for (int i = 0; i < array.elements().size(); i++) {
      if (array.elements().get(i) instanceof ConfigNode.Table element) {
        String path = list + "[" + i + "]";
        if (section.equals(OpenTelemetryRules.SECTION)) {
          destination(own, element, spec, path);
        } else {
          new SpecValidator(own).unknownFields(spec, element, path);
        }
      }
    }
  }

  private static void destination(
      Reporter own, ConfigNode.Table element, ConfigSpec spec, String path) {
    List<String> known = SpecValidator.names(spec);
    boolean sink = path.startsWith("file_sinks");
    String what = sink ? "file sink" : "endpoint";
    for (String key : new TreeSet<>(element.entries().keySet())) {
      ConfigNode.Entry entry = element.entries().get(key);
      if (entry == null || known.contains(key)) {
        continue;
      }
      String field = path + "." + key;
      String message = "unknown OpenTelemetry " + what + " field \"" + key + "\"";
      if (!sink && REMOVED.contains(key)) {
        own.report(
            Level.ERROR,
            "observability.legacy_opentelemetry_field",
            field,
            entry.keyPosition(),
            message,
            null);
      } else {
        own.unknownField(field, entry.keyPosition(), message, Nearest.hint(key, known));
      }
    }
    // What lies deeper, such as attribute mappings.
    List<FieldSpec> deeper = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      if (field.table() != null) {
        deeper.add(field);
      }
    }
    ConfigNode.Table rest = element;
    for (String key : element.entries().keySet()) {
      FieldSpec field = spec.field(key);
      rest = field == null || field.table() == null ? Tables.without(rest, key) : rest;
    }
    new SpecValidator(own).unknownFields(ConfigSpec.of(deeper), rest, path);
  }

  private void signal(String name, ConfigNode.Table table, ConfigSpec spec) {
    Reporter own = reporter.about(SignalRules.component(name));
    new SpecValidator(own).unknownKeys(SpecValidator.names(spec), table, "");
    FieldSpec endpoints = spec.field("endpoints");
    ConfigSpec endpointSpec = endpoints == null ? null : endpoints.table();
    if (endpointSpec == null || !(table.get("endpoints") instanceof ConfigNode.Array array)) {
      return;
    }
    for (int i = 0; i < array.elements().size(); i++) {
      if (array.elements().get(i) instanceof ConfigNode.Table element) {
        new SpecValidator(own).unknownKeys(SpecValidator.names(endpointSpec), element, "");
        ConfigNode.Entry type = element.entries().get("type");
        if (type != null) {
          own.report(
              Level.ERROR,
              own.code("unsupported_value"),
              "endpoints[" + i + "].type",
              type.keyPosition(),
              "OpenTelemetry " + name + " endpoints do not use trace projection types",
              null);
        }
      }
    }
  }
}
