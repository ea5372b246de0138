package io.fairlead.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import io.fairlead.core.config.DocumentReader;
import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.validation.DocumentValidator;
import io.fairlead.core.validation.FakeProviders;
import io.fairlead.core.validation.Resources;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import io.fairlead.testkit.NodeJson;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema and the validator say the same about single fields of every document of the tests: an
 * error of the one at a place is a finding of the other at that place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaAgreementTest {

  /** Keywords that find a fault themselves; others only pass on what is inside. */
  private static final Set<String> FINDING =
      Set.of("type", "enum", "minimum", "maximum", "required", "pattern", "additionalProperties");

  /** The ends of the codes that are about one field. */
  private static final List<String> FIELD_CODES =
      List.of(
          ".unknown_field",
          ".unsupported_value",
          ".invalid_plugin_config",
          ".unsupported_config_version",
          ".legacy_atof_field",
          ".legacy_opentelemetry_field",
          ".legacy_openinference_section",
          "plugin.invalid_config",
          "plugin.unknown_component");

  /** Places where they differ, by a path without indices and what only one of them says. */
  private static final Map<String, String> EXCEPTIONS = exceptions();

  private final Set<String> used = new TreeSet<>();
  private final Validator validator =
      new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).createValidator();
  private final URI schema =
      validator.registerSchema(DocumentSchema.write(FakeProviders.catalog()));

  private static Map<String, String> exceptions() {
    Map<String, String> exceptions = new LinkedHashMap<>();
    String policy = "the document's policy says ignore; editors mark it all the same";
    String rule = "a rule of Relay's about what a text holds, not a set of words";
    String fields = "depends on several fields";
    String config = "/components/*/config/";
    String otel = config + "opentelemetry";
    String endpoint = otel + "/endpoints/*";
    exceptions.put("schema only: " + config + "bogus", policy);
    exceptions.put("schema only: " + config + "zzz", policy);
    exceptions.put("schema only: " + config + "version", policy);
    exceptions.put("schema only: /version", policy);
    exceptions.put("schema only: /components/*/kind", policy);
    exceptions.put("schema only: " + otel + "/metrics", "the validator stops at the first signal");
    for (String place :
        List.of(
            config + "atif/filename_template",
            config + "atif/storage/*/bucket",
            config + "atif/storage/*/endpoint",
            config + "atif/storage/*/header_env/HELD",
            config + "atif/storage/*/secret_access_key_var",
            config + "atif/storage/*/session_token_var",
            config + "atof/endpoints/*/timeout_millis",
            config + "atof/sinks/*/header_env/HELD",
            config + "atof/sinks/*/header_env/authorization",
            config + "atof/sinks/*/header_env/h",
            config + "atof/sinks/*/name",
            config + "atof/sinks/*/timeout_millis",
            config + "endpoints/*/endpoint",
            otel + "/endpoint",
            endpoint + "/endpoint",
            endpoint + "/headers/a b",
            endpoint + "/headers/bad name",
            endpoint + "/promote_metadata_prefixes",
            endpoint + "/promote_resource_metadata_prefixes",
            otel + "/file_sinks/*/filename",
            otel + "/file_sinks/*/max_export_batch_size",
            otel + "/file_sinks/*/max_queue_size",
            otel + "/logs/endpoints/*/endpoint",
            otel + "/logs/endpoints/*/headers/a b",
            otel + "/metrics/cardinality_limit",
            otel + "/logs/endpoints/*/promote_resource_metadata_prefixes",
            config + "prometheus/port")) {
      exceptions.put("validator only: " + place, rule);
    }
    for (String place :
        List.of(
            config + "atof",
            config + "atof/sinks/*",
            config + "atif/storage",
            config + "atif/storage/*/header_env/A",
            config + "atof/endpoints/*/url",
            config + "atof/sinks/*/url",
            config + "openinference/attribute_mappings",
            otel,
            otel + "/headers/a",
            otel + "/logs",
            otel + "/logs/completed_span_context_ttl_millis",
            otel + "/logs/max_export_batch_size",
            otel + "/metrics",
            endpoint + "/attribute_mappings",
            endpoint + "/header_env/A",
            endpoint + "/header_file/A",
            endpoint + "/attribute_mappings/*",
            endpoint + "/headers/ok",
            endpoint + "/headers/twice",
            otel + "/logs/endpoints",
            otel + "/metrics/endpoints",
            otel + "/traces",
            otel + "/traces/*")) {
      exceptions.put("validator only: " + place, fields);
    }
    for (String place : List.of("/logs/minimum_severity", "/metrics/temporality")) {
      exceptions.put("validator only: " + otel + place, "words with several spellings each");
    }
    for (String place :
        List.of(
            "/logs/endpoints/*/header_file",
            "/metrics/endpoints/*/header_file",
            "/metrics/endpoints/*/promote_resource_metadata_prefixes")) {
      exceptions.put(
          "validator only: " + otel + place, "inside signals of which the schema refuses all");
    }
    for (String place : List.of("/plugins", "/plugins/dynamic")) {
      exceptions.put(
          "validator only: " + place, "about plugins that cannot be loaded, not a field");
    }
    return exceptions;
  }

  static Stream<Path> documents() {
    return Stream.of(
            Resources.list("diagnostics", ".toml"),
            Resources.list("diagnostics", ".yaml"),
            Resources.list("nemo-validate", ".toml"),
            Resources.list("nemo-validate-further", ".toml"))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void agreesWithTheValidator(Path file) {
    TomlDocument document = DocumentReader.read(file);
    if (!document.diagnostics().isEmpty()) {
      return;
    }
    Map<String, ConfigNode.Entry> places = new LinkedHashMap<>();
    collect("", new ConfigNode.Entry(null, document.table()), places);
    Set<String> bySchema = new TreeSet<>();
    for (Error error : validator.validate(schema, NodeJson.write(document.table())).getErrors()) {
      if (FINDING.contains(keyword(error)) && !error.getEvaluationPath().contains("/if/")) {
        bySchema.add(error.getInstanceLocation());
      }
    }
    List<Diagnostic> findings = new ArrayList<>();
    for (Diagnostic finding : findings(document)) {
      if (FIELD_CODES.stream().anyMatch(finding.code()::endsWith)) {
        findings.add(finding);
      }
    }
    List<String> differences = new ArrayList<>();
    for (String pointer : bySchema) {
      if (findings.stream().noneMatch(f -> isAt(f, places.get(pointer)))) {
        difference("schema only: " + general(pointer), file, differences);
      }
    }
    for (Diagnostic finding : findings) {
      if (bySchema.stream().noneMatch(pointer -> isAt(finding, places.get(pointer)))) {
        String at =
            places.entrySet().stream()
                .filter(place -> isAt(finding, place.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(String.valueOf(finding.position()));
        difference("validator only: " + general(at), file, differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  @AfterAll
  void noExceptionIsIdle() {
    assertThat(used).containsExactlyInAnyOrderElementsOf(EXCEPTIONS.keySet());
  }

  @Test
  void neverGivesTheDefaultOfASecret() {
    assertThat(DocumentSchema.write(FakeProviders.catalog()))
        .contains("\"writeOnly\" : true")
        .doesNotContain("\"writeOnly\" : true,\n                \"default\"");
  }

  private void difference(String what, Path file, List<String> differences) {
    if (EXCEPTIONS.containsKey(what)) {
      used.add(what);
    } else {
      differences.add(what + " in " + file.getFileName());
    }
  }

  /** The last part of the keyword's place: a key refused is refused by "false" under it. */
  private static String keyword(Error error) {
    String path = error.getEvaluationPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String general(String pointer) {
    return pointer.replaceAll("/[0-9]+", "/*");
  }

  private static boolean isAt(Diagnostic finding, ConfigNode.@Nullable Entry entry) {
    SourcePosition position = finding.position();
    return entry != null
        && position != null
        && (position.equals(entry.keyPosition()) || position.equals(entry.value().position()));
  }

  private static void collect(
      String pointer, ConfigNode.Entry entry, Map<String, ConfigNode.Entry> places) {
    places.put(pointer, entry);
    if (entry.value() instanceof ConfigNode.Table table) {
      table
          .entries()
          .forEach(
              (key, inner) ->
                  collect(
                      pointer + "/" + key.replace("~", "~0").replace("/", "~1"), inner, places));
    } else if (entry.value() instanceof ConfigNode.Array array) {
      for (int i = 0; i < array.elements().size(); i++) {
        collect(pointer + "/" + i, new ConfigNode.Entry(null, array.elements().get(i)), places);
      }
    }
  }

  private static List<Diagnostic> findings(TomlDocument document) {
    return new DocumentValidator(
            FakeProviders.catalog(), name -> name.equals("HOME_OF_TEST") ? "home" : null)
        .validate(document.table())
        .report()
        .diagnostics();
  }
}
