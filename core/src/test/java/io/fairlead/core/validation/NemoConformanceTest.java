package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.config.TomlReader;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded answers of NeMo Relay: set and order of level, code, component and field. */
class NemoConformanceTest {

  private static final String UNKNOWN_KIND = "not part of this version";

  /** Where we differ on purpose. {@code docs/relay-corrections.md} tells the same to people. */
  private static final Map<String, Correction> CORRECTIONS =
      Map.ofEntries(
          correction(
              "008-root-version-string",
              "raises instead of reporting",
              "error plugin.invalid_config - version"),
          correction(
              "012-root-unknown-field",
              "is silent about unknown keys of the root",
              "warning plugin.unknown_field - bogus"),
          correction(
              "018-root-component-missing-kind",
              "raises instead of reporting",
              "error plugin.invalid_config - components[0].kind"),
          correction(
              "035-root-policy-bad-enum",
              "raises instead of reporting",
              "error plugin.invalid_config - policy.unknown_component"),
          correction(
              "062-obs-v1-flat-headers-int",
              "reports a wrong type without naming section or field",
              "error observability.invalid_plugin_config opentelemetry headers.x-retry"),
          correction(
              "293-pii-profile-ok",
              UNKNOWN_KIND,
              "warning plugin.unknown_component pii_redaction -"));

  private record Correction(String why, List<String> ours) {}

  private static Map.Entry<String, Correction> correction(String id, String why, String... ours) {
    return Map.entry(id, new Correction(why, List.of(ours)));
  }

  static Stream<Path> cases() {
    return Resources.list("nemo-validate", ".expected.json").stream();
  }

  /** Further answers of the same releases; where we differ, a file says why and how. */
  static Stream<Path> furtherCases() {
    return Resources.list("nemo-validate-further", ".expected.json").stream();
  }

  @ParameterizedTest
  @MethodSource("furtherCases")
  void answersFurtherQuestionsAsRelayDoes(Path expectedFile) {
    Map<String, Object> recorded = TestJson.object(Resources.text(expectedFile));
    Path input = expectedFile.resolveSibling(String.valueOf(recorded.get("input")));
    Path correction = expectedFile.resolveSibling(recorded.get("case") + ".fairlead.txt");
    List<String> relay = relayAnswer(recorded);
    List<String> ours = ourAnswer(input);
    if (!Files.exists(correction)) {
      assertThat(ours).containsExactlyElementsOf(relay);
      return;
    }
    List<String> lines = Resources.text(correction).lines().toList();
    assertThat(ours).as(lines.get(0)).containsExactlyElementsOf(lines.subList(1, lines.size()));
    assertThat(relay).as("a correction that corrects nothing").isNotEqualTo(ours);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsRelayDoes(Path expectedFile) {
    Map<String, Object> recorded = TestJson.object(Resources.text(expectedFile));
    String id = String.valueOf(recorded.get("case"));
    Path input = expectedFile.resolveSibling(String.valueOf(recorded.get("input")));
    List<String> relay = relayAnswer(recorded);
    List<String> ours = ourAnswer(input);
    Correction correction = CORRECTIONS.get(id);
    if (correction == null) {
      assertThat(ours).containsExactlyElementsOf(relay);
    } else {
      assertThat(ours).as(correction.why).containsExactlyElementsOf(correction.ours);
      assertThat(relay).as("a correction that corrects nothing").isNotEqualTo(ours);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysItInRelaysWords(Path expectedFile) {
    Map<String, Object> recorded = TestJson.object(Resources.text(expectedFile));
    if (CORRECTIONS.containsKey(String.valueOf(recorded.get("case")))) {
      return;
    }
    Path input = expectedFile.resolveSibling(String.valueOf(recorded.get("input")));
    List<String> messages = new ArrayList<>();
    for (Map<String, Object> diagnostic : relayDiagnostics(recorded)) {
      messages.add(String.valueOf(diagnostic.get("message")));
    }
    assertThat(validate(input).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactlyElementsOf(messages);
  }

  @Test
  void everyCaseIsThere() {
    assertThat(cases()).hasSize(41);
    assertThat(furtherCases()).hasSizeGreaterThan(90);
    assertThat(cases().map(f -> f.getFileName().toString().replace(".expected.json", "")))
        .containsAll(CORRECTIONS.keySet());
  }

  private static List<String> relayAnswer(Map<String, Object> recorded) {
    List<Map<String, Object>> diagnostics = relayDiagnostics(recorded);
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> diagnostic : diagnostics) {
      lines.add(
          diagnostic.get("level")
              + " "
              + diagnostic.get("code")
              + " "
              + orDash(diagnostic.get("component"))
              + " "
              + orDash(diagnostic.get("field")));
    }
    return primary(recorded).containsKey("raised") ? List.of("raised") : lines;
  }

  private static List<Map<String, Object>> relayDiagnostics(Map<String, Object> recorded) {
    Object report = primary(recorded).get("report");
    return report instanceof Map<?, ?> map ? TestJson.objects(map.get("diagnostics")) : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> primary(Map<String, Object> recorded) {
    Map<String, Object> expected = (Map<String, Object>) recorded.get("expected");
    Object answer = expected == null ? null : expected.get(String.valueOf(recorded.get("primary")));
    if (answer == null) {
      throw new IllegalArgumentException("no answer of the primary version");
    }
    return (Map<String, Object>) answer;
  }

  private static List<String> ourAnswer(Path input) {
    List<String> lines = new ArrayList<>();
    for (Diagnostic d : validate(input).diagnostics()) {
      lines.add(
          d.level().wireName()
              + " "
              + d.code()
              + " "
              + orDash(d.component())
              + " "
              + orDash(d.field()));
    }
    return lines;
  }

  private static ValidationReport validate(Path input) {
    TomlDocument document = TomlReader.read(input);
    return new DocumentValidator(FakeProviders.catalog(), name -> null)
        .validate(document.table(), document.diagnostics())
        .report();
  }

  private static String orDash(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }
}
