package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.DocumentReader;
import io.fairlead.core.config.TomlDocument;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that say in comments what is to be found in them: {@code # expect: <level> <code>
 * <line>:<column> <component>/<field>}, one for each finding, in evaluation order.
 */
class DiagnosticFixturesTest {

  private static final String MARK = "# expect: ";

  private static final Map<String, String> ENVIRONMENT = Map.of("HOME_OF_TEST", "home");

  /** Every code validation can give; each must be seen in a fixture. */
  private static final List<String> CODES =
      List.of(
          "plugin.invalid_toml",
          "plugin.invalid_yaml",
          "plugin.invalid_config",
          "plugin.unsupported_config_version",
          "plugin.unknown_field",
          "plugin.unknown_component",
          "plugin.duplicate_component",
          "plugin.duplicate_name",
          "plugin.same_source",
          "plugin.unresolved_variable",
          "plugin.invalid_variable",
          "plugin.validate_failed",
          "hermes.unknown_field",
          "hermes.unsupported_value",
          "hermes.invalid_plugin_config",
          "opentelemetry.unsupported_value",
          "prometheus.exposed",
          "observability.unknown_field",
          "observability.unsupported_value",
          "observability.invalid_plugin_config",
          "observability.unsupported_config_version",
          "observability.legacy_atof_field",
          "observability.legacy_opentelemetry_field",
          "observability.legacy_openinference_section",
          "observability.unsafe_otel_destination_collision",
          "observability.invalid_otel_endpoint",
          "observability.feature_disabled",
          "pricing.unsupported_value",
          "pricing.invalid_config",
          "pricing.unlikely_rate",
          "pricing.no_rates",
          "pricing.unreachable_tier");

  static Stream<Path> fixtures() {
    return Stream.of(".toml", ".yaml").flatMap(end -> Resources.list("diagnostics", end).stream());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void findsWhatTheCommentsSay(Path fixture) {
    assertThat(found(fixture)).containsExactlyElementsOf(expected(fixture));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void neverShowsAValueThatMayBeSecret(Path fixture) {
    String json = ReportJson.write(plan(fixture).report());
    String text = ReportText.write(plan(fixture).report());
    assertThat(json + text).doesNotContain("b-secret", "me:secret", "must not be shown", "Bearer");
  }

  @Test
  void everyCodeHasAFixture() {
    Set<String> seen = new TreeSet<>();
    fixtures().forEach(f -> plan(f).report().diagnostics().forEach(d -> seen.add(d.code())));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(CODES);
  }

  private static List<String> expected(Path fixture) {
    List<String> lines = new ArrayList<>();
    for (String line : Resources.text(fixture).split("\n", -1)) {
      if (line.startsWith(MARK)) {
        lines.add(line.substring(MARK.length()));
      }
    }
    return lines;
  }

  private static List<String> found(Path fixture) {
    List<String> lines = new ArrayList<>();
    for (Diagnostic d : plan(fixture).report().diagnostics()) {
      String place = d.position() == null ? "-" : d.position().line() + ":" + d.position().column();
      String component = d.component() == null ? "" : d.component();
      String field = d.field() == null ? "" : d.field();
      lines.add(
          d.level().wireName() + " " + d.code() + " " + place + " " + component + "/" + field);
    }
    return lines;
  }

  private static Plan plan(Path fixture) {
    TomlDocument document = DocumentReader.read(fixture);
    return new DocumentValidator(FakeProviders.catalog(), ENVIRONMENT::get)
        .validate(document.table(), document.diagnostics());
  }
}
