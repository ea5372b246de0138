package io.fairlead.core.pricing;

import static io.fairlead.core.pricing.Fixture.entry;
import static io.fairlead.core.pricing.Fixture.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of the native catalog: Relay's code and words, at their place, all at once. */
class CatalogDiagnosticsTest {

  private static final String RATES =
      ",\"rates\":{\"input_per_million\":0.15,\"output_per_million\":0.60}";

  @Test
  void aCatalogOfRelayIsClean() throws Exception {
    // Case 268 of the recorded validations.
    String more = RATES + ",\"aliases\":[\"openai/gpt-4o-mini\"]";
    assertThat(Fixture.catalog(entry("openai", "gpt-4o-mini", more)).validate()).isEmpty();
  }

  @Test
  void anAliasOfAnotherEntryIsADuplicate() throws Exception {
    // Case 271.
    List<Diagnostic> found =
        Fixture.catalog(
                entry("openai", "gpt-4o-mini", RATES),
                entry("openai", "other", RATES + ",\"aliases\":[\"GPT-4o-MINI\"]"))
            .validate();
    assertThat(found).hasSize(1);
    assertInvalid(
        found.get(0),
        "invalid model pricing config: duplicate model pricing alias 'openai/gpt-4o-mini'",
        "plugins.toml:3:1");
  }

  @Test
  void aNegativeRateIsInvalid() throws Exception {
    // Case 272.
    String negative = ",\"rates\":{\"input_per_million\":-1.0,\"output_per_million\":0.6}";
    List<Diagnostic> found = Fixture.catalog(entry("openai", "gpt-4o-mini", negative)).validate();
    assertThat(found).hasSize(1);
    Diagnostic finding = found.get(0);
    assertThat(finding.message())
        .isEqualTo(
            "invalid model pricing config:"
                + " model pricing entry 0 has invalid rates.input_per_million: -1");
    assertThat(finding.field()).isNull();
  }

  private static void assertInvalid(Diagnostic finding, String message, String position) {
    assertThat(finding.level()).isEqualTo(Level.ERROR);
    assertThat(finding.code()).isEqualTo("pricing.invalid_config");
    assertThat(finding.component()).isEqualTo("pricing");
    assertThat(finding.field()).isNull();
    assertThat(finding.message()).isEqualTo(message);
    assertThat(finding.position()).hasToString(position);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"rates\":{\"input_per_million\":1}' | has no rates.output_per_million",
        "'\"rates\":{\"input_per_million\":\"1\",\"output_per_million\":1}' | has invalid"
            + " rates.input_per_million: a string",
        "'\"rates\":{\"input_per_million\":1,\"output_per_million\":1,\"x\":1}' | has an unknown"
            + " field rates.x",
        "'\"unit\":\"per_word\"' | has an unsupported unit 'per_word'",
        "'\"aliases\":[\"\"]' | has an empty aliases",
        "'\"currency\":\" \"' | has an empty currency",
        "'\"valid_from\":\"soon\"' | has invalid valid_from: a string",
        "'\"valid_from\":\"2026-02-01\",\"valid_to\":\"2026-02-01\"' | valid_to that is not after",
        "'\"rate_schedule\":{\"type\":\"x\",\"tiers\":[]}' | has an unsupported type 'x'",
        "'\"rate_schedule\":{\"type\":\"prompt_token_threshold\"}' | has no rate_schedule.tiers",
        "'\"rate_schedule\":{\"type\":\"prompt_token_threshold\",\"tiers\":[{\"min_prompt_tokens\":2,"
            + "\"max_prompt_tokens\":1,\"rates\":{\"input_per_million\":1,\"output_per_million\":1}}]}'"
            + " | min_prompt_tokens above max_prompt_tokens",
      })
  void everyFaultIsNamed(String more, String message) throws Exception {
    String rates = more.contains("\"rates\"") ? "" : RATES;
    List<Diagnostic> found = Fixture.catalog(entry("p", "m", rates + "," + more)).validate();
    assertThat(found)
        .filteredOn(Diagnostic::isError)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("pricing.invalid_config");
              assertThat(finding.message().replace("rate_schedule.type", "type")).contains(message);
              assertThat(finding.position()).isNotNull();
            });
  }

  @Test
  void allFaultsAreFoundAtOnce() throws Exception {
    List<Diagnostic> found =
        Fixture.catalog("{\"provider\":\"\",\"rates\":{\"input_per_million\":-1}}", "7").validate();
    assertThat(found)
        .extracting(Diagnostic::message)
        .map(message -> message.replace("invalid model pricing config: ", ""))
        .containsExactlyInAnyOrder(
            "model pricing catalog has invalid entries: an integer",
            "model pricing entry 0 has an empty provider",
            "model pricing entry 0 has no model_id, pricing_as_of, pricing_source, prompt_cache",
            "model pricing entry 0 has invalid rates.input_per_million: -1",
            "model pricing entry 0 has no rates.output_per_million");
  }

  @Test
  void entriesOfDifferentTimesMayShareAName() throws Exception {
    String until = RATES + ",\"valid_to\":\"2026-06-01\"";
    String from = RATES + ",\"valid_from\":\"2026-06-01\"";
    assertThat(Fixture.catalog(entry("p", "m", until), entry("p", "m", from)).validate()).isEmpty();
    assertThat(Fixture.catalog(entry("p", "m", until), entry("p", "m", RATES)).validate())
        .hasSize(1);
  }

  @Test
  void whatLooksWrongIsAWarning() throws Exception {
    String tier =
        "{\"min_prompt_tokens\":%d,\"rates\":{\"input_per_million\":1,\"output_per_million\":1}}";
    String unreachable =
        ",\"rate_schedule\":{\"type\":\"prompt_token_threshold\",\"tiers\":["
            + tier.formatted(10)
            + ","
            + tier.formatted(20)
            + "]}";
    assertThat(
            Fixture.catalog(
                    flat("p", "per-token", "0.000003"),
                    entry("p", "no-rates", ""),
                    entry("p", "unreachable", unreachable))
                .validate())
        .allMatch(finding -> finding.level() == Level.WARNING)
        .extracting(Diagnostic::code)
        .containsExactlyInAnyOrder(
            "pricing.unlikely_rate",
            "pricing.unlikely_rate",
            "pricing.no_rates",
            "pricing.unreachable_tier");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sources\":[{}]} | a source has no type",
        "{\"sources\":[{\"type\":\"file\"}]} | a source has no path",
        "{\"sources\":[{\"type\":\"file\",\"path\":\" \"}]} | a source has no path",
        "{\"sources\":[{\"type\":\"inline\"}]} | a source has no catalog",
        "{\"sources\":[{\"type\":\"web\"}]} | unknown source type 'web'",
        "{\"sources\":[{\"type\":\"inline\",\"catalog\":{\"entries\":[]}}]} | version is missing",
        "{\"sources\":[{\"type\":\"inline\",\"catalog\":{\"version\":2,\"entries\":[]}}]} | version 2",
      })
  void sourcesAreChecked(String config, String message) throws Exception {
    assertThat(Fixture.of(new CatalogPricingProvider(), config).validate())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("pricing.invalid_config");
              assertThat(finding.message()).contains(message);
              assertThat(finding.position()).isNotNull();
            });
  }

  @Test
  void faultsOfAFileHaveItsPositions(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("prices.json"), "{\n \"version\": 1,\n \"entries\": [,]}");
    Fixture fixture = file(file);
    assertThat(fixture.validate()).as("validation opens no file").isEmpty();
    assertThatThrownBy(fixture::create)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + ":3:");
    assertThat(fixture.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("pricing.invalid_config");
              assertThat(String.valueOf(finding.position())).startsWith(file + ":3:");
            });
  }

  @Test
  void aMissingFileFailsWithItsName(@TempDir Path directory) throws Exception {
    assertThatThrownBy(file(directory.resolve("absent.json"))::create)
        .hasMessageContaining("absent.json' cannot be read");
  }

  @Test
  void oldPricesAreReported() throws Exception {
    Fixture fixture =
        Fixture.catalog(flat("p", "m", "1").replace("2026-11-01", "2026-01-01 (list prices)"));
    fixture.create();
    assertThat(fixture.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("pricing.stale");
              assertThat(finding.message()).contains("test").contains("2026-01-01");
            });
  }

  @Test
  void faultyVariablesOfNoraAreReported() throws Exception {
    Fixture fixture =
        Fixture.of(new NoraRatesProvider(), "{}")
            .with("COST_PER_1K_TOKENS", "-1")
            .with("COST_MODEL_RATES_JSON", "not json");
    assertThat(fixture.validate())
        .extracting(Diagnostic::code)
        .containsExactly("pricing.invalid_config", "pricing.invalid_config");
  }

  private static Fixture file(Path path) throws Exception {
    return Fixture.of(
        new CatalogPricingProvider(),
        "{\"sources\":[{\"type\":\"file\",\"path\":\"" + path + "\"}]}");
  }
}
