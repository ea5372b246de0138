package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Diagnostic LATE =
      Diagnostic.error("plugin.invalid_config", "hermes", "wrong \"type\"")
          .atField("home")
          .at(new SourcePosition("p.toml", 7, 3))
          .withHint("a string");

  private static final Diagnostic EARLY =
      Diagnostic.warning("plugin.unknown_field", null, "what\u001B[31m is this")
          .atField("x")
          .at(new SourcePosition("p.toml", 2, 1));

  private static final Diagnostic NOWHERE = Diagnostic.error("plugin.load_failed", null, "broken");

  private static final ValidationReport REPORT =
      new ValidationReport(List.of(LATE, EARLY, NOWHERE));

  @Test
  void jsonKeepsEvaluationOrderAndLeavesOutWhatIsAbsent() {
    assertThat(ReportJson.write(REPORT))
        .isEqualTo(
            "{\"diagnostics\":["
                + "{\"level\":\"error\",\"code\":\"plugin.invalid_config\","
                + "\"component\":\"hermes\",\"field\":\"home\",\"message\":\"wrong \\\"type\\\"\","
                + "\"file\":\"p.toml\",\"line\":7,\"column\":3,\"hint\":\"a string\"},"
                + "{\"level\":\"warning\",\"code\":\"plugin.unknown_field\",\"field\":\"x\","
                + "\"message\":\"what\\u001B[31m is this\","
                + "\"file\":\"p.toml\",\"line\":2,\"column\":1},"
                + "{\"level\":\"error\",\"code\":\"plugin.load_failed\",\"message\":\"broken\"}"
                + "]}");
  }

  @Test
  void textIsSortedByPositionAndCannotDriveATerminal() {
    assertThat(ReportText.write(REPORT))
        .isEqualTo(
            """
            error plugin.load_failed: broken
            p.toml:2:1: warning plugin.unknown_field: what\uFFFD[31m is this
            p.toml:7:3: error plugin.invalid_config: wrong "type"
                hint: a string
            2 errors, 1 warning
            """);
  }

  @Test
  void nothingFoundIsSaidToo() {
    ValidationReport empty = new ValidationReport(List.of());
    assertThat(ReportText.write(empty)).isEqualTo("no problems found\n");
    assertThat(ReportJson.write(empty)).isEqualTo("{\"diagnostics\":[]}");
  }
}
