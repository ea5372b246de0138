package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportSarifTest {

  private static final DiagnosticCodes CODES =
      new DiagnosticCodes(
          Map.of(
              "plugin.load_failed", "It cannot be loaded.",
              "kind.unknown_field", "A key nobody declared."));

  private static final Diagnostic FIRST = finding(3, "a b/p.toml");

  private static Diagnostic finding(int line, String file) {
    return Diagnostic.warning("plugin.unknown_field", null, "field 'x' is not recognized")
        .atField("x")
        .at(new SourcePosition(file, line, 5))
        .withHint("did you mean 'y'?");
  }

  private static Map<String, Object> run(Diagnostic... diagnostics) {
    String text = new ReportSarif("1.2.3", CODES).write(new ValidationReport(List.of(diagnostics)));
    Map<String, Object> log = TestJson.object(text);
    assertThat(log.get("version")).isEqualTo("2.1.0");
    assertThat(TestJson.objects(log.get("runs"))).hasSize(1);
    return TestJson.objects(log.get("runs")).get(0);
  }

  private static List<Map<String, Object>> results(Diagnostic... diagnostics) {
    return TestJson.objects(run(diagnostics).get("results"));
  }

  @Test
  void hasARuleForEachCode() {
    Map<String, Object> run =
        run(FIRST, finding(4, "q.toml"), Diagnostic.error("plugin.load_failed", null, "broken"));
    assertThat(String.valueOf(run.get("tool")))
        .isEqualTo(
            "{driver={name=fairlead, version=1.2.3, rules=["
                + "{id=plugin.load_failed, shortDescription={text=It cannot be loaded.},"
                + " helpUri=docs/diagnostics/plugin.load_failed.md},"
                + " {id=plugin.unknown_field, shortDescription={text=A key nobody declared.},"
                + " helpUri=docs/diagnostics/kind.unknown_field.md}]}}");
    assertThat(run.get("columnKind")).isEqualTo("utf16CodeUnits");
  }

  @Test
  void aCodeNobodyDocumentedHasNoHelp() {
    assertThat(String.valueOf(run(Diagnostic.error("acme.broken", null, "x")).get("tool")))
        .contains("rules=[{id=acme.broken, shortDescription={text=acme.broken}}]");
  }

  @Test
  void hasAResultForEachFinding() {
    Map<String, Object> result = results(FIRST).get(0);
    assertThat(result.keySet())
        .containsExactly("ruleId", "ruleIndex", "level", "message", "locations", "fingerprints");
    assertThat(result)
        .containsEntry("ruleId", "plugin.unknown_field")
        .containsEntry("ruleIndex", "0")
        .containsEntry("level", "warning")
        .containsEntry(
            "message", Map.of("text", "field 'x' is not recognized (did you mean 'y'?)"));
    assertThat(String.valueOf(result.get("locations")))
        .isEqualTo(
            "[{physicalLocation={artifactLocation={uri=a%20b/p.toml},"
                + " region={startLine=3, startColumn=5}}}]");
    Diagnostic nowhere = Diagnostic.error("plugin.load_failed", null, "broken");
    assertThat(results(nowhere).get(0))
        .containsEntry("level", "error")
        .doesNotContainKey("locations");
    assertThat(results(nowhere.withLevel(io.fairlead.spi.diagnostic.Level.INFO)).get(0))
        .containsEntry("level", "note");
    assertThat(String.valueOf(results(finding(1, "/etc/x.toml"))))
        .contains("uri=file:///etc/x.toml");
  }

  @Test
  void fingerprintsOutliveMovedLinesAndTellFindingsApart() {
    Object moved = results(finding(99, "a b/p.toml")).get(0).get("fingerprints");
    assertThat(results(FIRST).get(0).get("fingerprints")).isEqualTo(moved);
    List<Map<String, Object>> two = results(FIRST, finding(7, "a b/p.toml"));
    assertThat(two.get(0).get("fingerprints"))
        .isEqualTo(moved)
        .isNotEqualTo(two.get(1).get("fingerprints"));
    assertThat(results(finding(3, "q.toml")).get(0).get("fingerprints")).isNotEqualTo(moved);
  }
}
