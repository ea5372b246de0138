package io.fairlead.core.pricing;

import static io.fairlead.core.pricing.Fixture.entry;
import static io.fairlead.core.pricing.Fixture.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "'\"aliases\":[\"M\"]' | duplicate model pricing alias 'p/m'",
        "'\"aliases\":[\"a\",\"A \"]' | duplicate model pricing alias 'p/a'",
        "'\"currency\":\" \"' | has an empty currency",
        "'\"valid_from\":\"soon\"' | has invalid valid_from: a string",
        "'\"valid_from\":\"2026-02-01\",\"valid_to\":\"2026-02-01\"' | valid_to that is not after",
        "'\"rate_schedule\":{\"type\":\"x\",\"tiers\":[{\"rates\":{\"input_per_million\":1,\"output_per_million\":1}}]}' | has an unsupported type 'x'",
        "'\"rate_schedule\":{\"type\":\"prompt_token_threshold\"}' | has no rate_schedule.tiers",
        "'\"rate_schedule\":{\"type\":\"prompt_token_threshold\",\"tiers\":[]}'"
            + " | has empty rate_schedule.tiers",
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
                    flat("p", "per-token", "0.000003"), entry("p", "unreachable", unreachable))
                .validate())
        .allMatch(finding -> finding.level() == Level.WARNING)
        .extracting(Diagnostic::code)
        .containsExactlyInAnyOrder(
            "pricing.unlikely_rate", "pricing.unlikely_rate", "pricing.unreachable_tier");
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
        "{\"sources\":[{\"type\":\"inline\",\"path\":\"x\",\"catalog\":{\"version\":1,\"entries\":[]}}]} | takes no path",
        "{\"sources\":[{\"type\":\"inline\",\"catalog\":{\"entries\":[]}}]} | catalog has no version",
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
    assertThatThrownBy(fixture::create)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + ":3:");
    assertThat(fixture.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("pricing.invalid_config");
              assertThat(finding.position()).hasToString(file + ":3:14");
              assertThat(finding.message()).endsWith("is not JSON: this cannot stand here");
            });
    assertThat(file(file).validate()).isEqualTo(fixture.findings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "^ | is not JSON: there is nothing in it",
        "{\"version\":1,^ | is not JSON: it ends too early",
        "{\"version\":1,\"entries\":[]} ^x | is not JSON: this cannot stand here",
        "{\"version\":1,\"entries\":[]} ^1 | is not JSON: something follows its end",
        "{\"version\":1,^\"version\":1} | is not JSON: key 'version' stands there twice",
        "^[] | a catalog is a table",
        "{\"version\":^2,\"entries\":[]} | catalog version 2",
        "{\"version\":1,\"entries\":[],^\"x\":0} | has an unknown field x",
      })
  void everyFaultOfAFileIsFoundAtItsPlace(String marked, String message, @TempDir Path directory)
      throws Exception {
    Path file = write(marked, directory);
    assertThat(file(file).validate())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("pricing.invalid_config");
              assertThat(finding.position()).hasToString(place(file, marked));
              assertThat(finding.message())
                  .endsWith(message)
                  .doesNotContain("Exception", "jackson");
            });
  }

  @Test
  void nestingIsBounded(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("prices.json"), "[".repeat(100_000));
    assertThat(file(file).validate())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message()).endsWith("too long or nested too deeply");
              assertThat(String.valueOf(finding.position())).startsWith(file + ":1:");
            });
  }

  @Test
  void whatIsNoReadableFileIsReportedWhereItIsNamed(@TempDir Path directory) throws Exception {
    Path notText = Files.write(directory.resolve("latin1.json"), new byte[] {'"', (byte) 0xE9});
    Map<Path, String> faults =
        Map.of(
            directory.resolve("absent.json"),
            "does not exist",
            directory,
            "is not a file",
            notText,
            "is not UTF-8");
    for (Map.Entry<Path, String> fault : faults.entrySet()) {
      for (Fixture fixture : everyKindOfFile(fault.getKey())) {
        assertThat(fixture.validate())
            .singleElement()
            .satisfies(
                finding -> {
                  assertThat(finding.code()).isEqualTo("pricing.invalid_config");
                  assertThat(finding.component()).isEqualTo(fixture.instance());
                  assertThat(finding.message())
                      .isEqualTo(
                          "invalid model pricing config: file '%s' %s",
                          fault.getKey(), fault.getValue());
                  assertThat(String.valueOf(finding.position())).startsWith("plugins.toml:1:");
                });
      }
    }
  }

  private static List<Fixture> everyKindOfFile(Path path) throws Exception {
    String config = "{\"path\":\"" + path + "\"}";
    return List.of(
        file(path),
        Fixture.of(new LiteLlmPricingProvider(), config),
        Fixture.of(new GenaiPricesProvider(), config));
  }

  @Test
  void aPathThatOnlyTheStartKnowsIsReadThen() throws Exception {
    for (Fixture fixture : everyKindOfFile(Path.of("${file:path.txt}"))) {
      assertThat(fixture.validate()).isEmpty();
    }
  }

  /** The text without its mark. */
  private static Path write(String marked, Path directory) throws Exception {
    return Files.writeString(directory.resolve("prices.json"), marked.replace("^", ""));
  }

  /** Where the mark stands. */
  private static String place(Path file, String marked) {
    return file + ":1:" + (marked.indexOf('^') + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[]",
        "^{}",
        "{\"m\":{\"input_cost_per_token\":^-1}}",
        "{\"m\":{\"input_cost_per_token\":^\"x\"}}",
        "{\"m\":{\"tiered_pricing\":[{\"range\":[0,9],\"output_cost_per_token\":^-1}]}}",
        "{\"m\":^7}",
      })
  void faultsOfLiteLlmsFileAreFound(String marked, @TempDir Path directory) throws Exception {
    assertFault(new LiteLlmPricingProvider(), marked, directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^{}",
        "[^7]",
        "[^{\"models\":[]}]",
        "[{\"id\":\"p\",\"models\":[^{\"id\":\"m\"}]}]",
        "[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"match\":^{\"like\":\"m\"}}]}]",
        "[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"match\":{\"equals\":\"m\"},"
            + "\"prices\":{\"input_mtok\":^-1}}]}]",
        "[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"match\":{\"equals\":\"m\"},"
            + "\"prices\":{\"input_mtok\":{\"base\":1,\"tiers\":[{\"start\":1,\"price\":^\"2\"}]}}}]}]",
      })
  void faultsOfGenaiPricesFileAreFound(String marked, @TempDir Path directory) throws Exception {
    assertFault(new GenaiPricesProvider(), marked, directory);
  }

  private static void assertFault(PricingProvider provider, String marked, Path directory)
      throws Exception {
    Path file = write(marked, directory);
    assertThat(Fixture.of(provider, "{\"path\":\"" + file + "\"}").validate())
        .filteredOn(found -> place(file, marked).equals(String.valueOf(found.position())))
        .singleElement()
        .extracting(Diagnostic::code)
        .isEqualTo("pricing.invalid_config");
  }

  @Test
  void manyWarningsHideNoError() throws Exception {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      entries.add(flat("p", "m" + i, "0.000001"));
    }
    entries.add(flat("p", "m", "-1"));
    List<Diagnostic> found = Fixture.catalog(entries.toArray(String[]::new)).validate();
    assertThat(found).filteredOn(Diagnostic::isError).hasSize(2);
    assertThat(found)
        .filteredOn(finding -> finding.code().equals("pricing.findings_omitted"))
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("400 further findings about prices are not shown");
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
    assertThat(fixture.findings().get(1).position()).hasToString("COST_MODEL_RATES_JSON:1:1");
  }

  @Test
  void faultyFieldsOfNoraAreReportedWhereTheyStand() throws Exception {
    Fixture fixture =
        Fixture.of(
            new NoraRatesProvider(),
            "{\"cost_per_1k_tokens\":\"x\",\n\"cost_model_rates_json\":\"{\"}");
    assertThat(fixture.validate())
        .extracting(finding -> String.valueOf(finding.position()))
        .containsExactly("plugins.toml:1:23", "plugins.toml:2:25");
  }

  private static Fixture file(Path path) throws Exception {
    return Fixture.of(
        new CatalogPricingProvider(),
        "{\"sources\":[{\"type\":\"file\",\"path\":\"" + path + "\"}]}");
  }
}
