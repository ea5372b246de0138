package io.fairlead.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.RecordingDiagnostics;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The table as a user meets it: on the class path, dated, with its licence. */
class BundledTableTest {

  @Test
  void loadsWithoutAFinding() {
    RecordingDiagnostics diagnostics = new RecordingDiagnostics();
    assertThat(DefaultPricing.load(PricingRun.CLOCK, diagnostics)).isPresent();
    assertThat(diagnostics.findings()).isEmpty();
  }

  @Test
  void tellsWhereAPriceIsFromAndOfWhen() throws Exception {
    String line =
        "{\"provider\":\"openai\",\"model\":\"gpt-4o-mini\",\"usage\":{\"input_tokens\":1000}}";
    assertThat(Nodes.text(PricingRun.bundled().ask(line).get("catalog")))
        .isEqualTo("genai-prices 0.2.3 (2026-11-21)");
  }

  @Test
  void growsOld() {
    RecordingDiagnostics diagnostics = new RecordingDiagnostics();
    assertThat(DefaultPricing.load(ManualClock.at("2027-06-01T00:00:00Z"), diagnostics))
        .isPresent();
    assertThat(diagnostics.findings())
        .singleElement()
        .extracting(Diagnostic::code, Diagnostic::message)
        .containsExactly("pricing.stale", "the prices of genai-prices 0.2.3 are of 2026-11-21");
  }

  @Test
  void carriesItsLicence() throws Exception {
    assertThat(resource("/META-INF/LICENSE.genai-prices.txt"))
        .contains("Copyright (c) Pydantic Services Inc.")
        .contains("The above copyright notice and this permission notice shall be included");
    assertThat(resource("/META-INF/NOTICE.pricing-table.txt")).contains("genai-prices 0.2.3");
  }

  private static String resource(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(BundledTableTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
