package io.fairlead.core.observability;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A section's spec as an editor is told of it. Values that are checked by rules, so as to answer in
 * Relay's words, are named here all the same where the exporter's own spec names them.
 */
final class EditorSpec {

  /** Words of Relay's that rules check, by section and field. */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "opentelemetry/transport", List.of("http_binary", "grpc"),
          "openinference/transport", List.of("http_binary", "grpc"),
          "atof/transport", List.of("http_post", "websocket", "ndjson"),
          "atof/mode", List.of("append", "overwrite"),
          "atof/field_name_policy", List.of("preserve", "replace_dots"),
          "opentelemetry/mode", List.of("append", "overwrite"),
          "opentelemetry/mark_projection", List.of("inherit", "event", "tool"),
          "openinference/mark_projection", List.of("inherit", "event", "tool"));

  private EditorSpec() {}

  static ConfigSpec of(
      Generation generation, String section, ConfigSpec spec, @Nullable ExporterProvider exporter) {
    ConfigSpec relays = withWords(section, spec);
    ConfigSpec named =
        exporter == null || generation.isFlat()
            ? relays
            : withWords(relays, Generation.withAliases(section, exporter.configSpec()));
    return generation.traceOnly() && section.equals(OpenTelemetryRules.SECTION)
        ? without(named, List.of("logs", "metrics"))
        : named;
  }

  private static ConfigSpec withWords(String section, ConfigSpec spec) {
    List<FieldSpec> fields = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      List<String> words = WORDS.get(section + "/" + field.name());
      ConfigSpec table = field.table();
      if (words != null) {
        fields.add(field.withAllowed(words.toArray(String[]::new)));
      } else {
        fields.add(table == null ? field : SpecMerge.withTable(field, withWords(section, table)));
      }
    }
    return ConfigSpec.of(fields);
  }

  private static ConfigSpec withWords(ConfigSpec spec, ConfigSpec exporter) {
    List<FieldSpec> fields = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      FieldSpec other = exporter.field(field.name());
      fields.add(other == null || other.type() != field.type() ? field : withWords(field, other));
    }
    return ConfigSpec.of(fields);
  }

  private static FieldSpec withWords(FieldSpec field, FieldSpec other) {
    ConfigSpec own = field.table();
    ConfigSpec others = other.table();
    if (own != null && others != null) {
      return SpecMerge.withTable(field, withWords(own, others));
    }
    return field.allowed().isEmpty() && !other.allowed().isEmpty()
        ? field.withAllowed(other.allowed().toArray(String[]::new))
        : field;
  }

  private static ConfigSpec without(ConfigSpec spec, List<String> names) {
    List<FieldSpec> fields = new ArrayList<>(spec.fields());
    fields.removeIf(field -> names.contains(field.name()));
    return ConfigSpec.of(fields);
  }
}
