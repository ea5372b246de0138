package io.fairlead.core.pricing;

import static io.fairlead.core.pricing.Fixture.entry;
import static io.fairlead.core.pricing.Fixture.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.ModelPricing.Question;
import io.fairlead.spi.ModelPricing.Quote;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogPricingTest {

  private static final TokenUsage MILLION = TokenUsage.of(1_000_000, 0, 0, 0, 0);

  private static Quote ask(ModelPricing pricing, @Nullable String provider, String model) {
    return ask(pricing, provider, model, MILLION, Fixture.NOW);
  }

  private static Quote ask(
      ModelPricing pricing,
      @Nullable String provider,
      String model,
      TokenUsage usage,
      Instant time) {
    long nanos = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    return pricing.price(new Question(provider, model, usage, nanos));
  }

  private static void assertCost(Quote quote, String amount) {
    Cost cost = Objects.requireNonNull(quote.cost(), quote::toString);
    assertThat(cost.amount()).isEqualByComparingTo(amount);
    assertThat(cost.status()).isEqualTo(Cost.Status.ESTIMATED);
    assertThat(cost.source()).isEqualTo(Cost.Source.CATALOG);
    assertThat(quote.reason()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // as written, trimmed, in another case
        "openai, gpt-4o, 1",
        "' OpenAI ', ' GPT-4o ', 1",
        // the provider's own and other prefixes
        "openai, openai/gpt-4o, 1",
        "openai, models/gpt-4o, 1",
        "-, openai/gpt-4o, 1",
        "-, openrouter/openai/gpt-4o, 1",
        "openrouter, openai/gpt-4o, 1",
        // other names of a provider
        "azure.ai.openai, gpt-4o, 2",
        "azure_openai, gpt-4o, 2",
        "-, azure/gpt-4o, 2",
        // Bedrock's scopes and versions
        "bedrock, anthropic.claude-opus-4-8, 3",
        "aws.bedrock, us.anthropic.claude-opus-4-8-v1:0, 3",
        "bedrock, eu.anthropic.claude-opus-4-8-20260101-v2, 3",
        // dates
        "openai, gpt-4o-2024-08-06, 1",
        "openai, gpt-4o-20240806, 1",
        "openai, gpt-4o@20240806, 1",
        "openai, gpt-4o-20241306, -",
        // Claude's dots
        "anthropic, claude-sonnet-4.5, 4",
        "anthropic, claude-sonnet-4-5-20250929, 4",
        // variants
        "openai, gpt-4o:nitro, 1",
        "openai, gpt-4o:floor, 1",
        "openai, gpt-4o:free, -",
        "openai, gpt-4o:batch, -",
        // only one provider has it
        "-, claude-sonnet-4-5, 4",
        // two have it
        "-, gpt-4o, -",
        // never another provider's
        "anthropic, gpt-4o, -",
        "custom, claude-sonnet-4-5, -",
        "vertex_ai, gemini-9, -",
        "google, gemini-9, 5",
        "vertex_ai-language-models, gemini-8, 6",
        "openai, gpt-4, -",
        "openai, '', -",
        "openai, /, -",
      })
  void findsModelsByName(@Nullable String provider, @Nullable String model, @Nullable String amount)
      throws Exception {
    ModelPricing pricing =
        Fixture.catalog(
                flat("openai", "gpt-4o", "1"),
                flat("azure", "gpt-4o", "2"),
                flat("bedrock", "anthropic.claude-opus-4-8", "3"),
                flat("anthropic", "claude-sonnet-4-5", "4"),
                flat("gemini", "gemini-9", "5"),
                flat("vertex_ai", "gemini-8", "6"))
            .create();
    Quote quote = ask(pricing, provider, model == null ? "" : model);
    if (amount == null) {
      assertThat(quote.cost()).as(quote.toString()).isNull();
      assertThat(quote.reason()).isNotNull();
    } else {
      assertCost(quote, amount);
    }
  }

  @Test
  void goesToAnotherProviderOnlyWhenAskedTo() throws Exception {
    String catalog =
        "[{\"type\":\"inline\",\"catalog\":{\"version\":1,\"entries\":["
            + flat("openai", "gpt-4o", "1")
            + "]}}]";
    Fixture fixture =
        Fixture.of(
            new CatalogPricingProvider(),
            "{\"fallback\":\"any_provider\",\"sources\":" + catalog + "}");
    ModelPricing pricing = fixture.create();
    Quote quote = ask(pricing, "anthropic", "gpt-4o");
    assertCost(quote, "1");
    assertThat(quote.matchedEntry()).isEqualTo("openai/gpt-4o");
    ask(pricing, "anthropic", "gpt-4o");
    assertThat(fixture.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("pricing.fallback_used");
              assertThat(finding.message())
                  .isEqualTo(
                      "model 'gpt-4o' of 'anthropic' has no price;"
                          + " fallback: the model has the price of 'openai/gpt-4o'");
            });
    ask(pricing, "bedrock", "gpt-4o");
    assertThat(fixture.findings()).hasSize(2);
  }

  @Test
  void aPriceThatStandsInIsTheMakersOrTheFirstThatIsOne() throws Exception {
    ModelPricing pricing =
        Fixture.of(
                new CatalogPricingProvider(),
                "{\"fallback\":\"any_provider\",\"sources\":[{\"type\":\"inline\",\"catalog\":"
                    + "{\"version\":1,\"entries\":["
                    + String.join(
                        ",",
                        entry("copilot", "gpt-4o", ",\"unit\":\"per_request\""),
                        flat("azure", "gpt-4o", "2"),
                        flat("openai", "gpt-4o", "1"),
                        entry("copilot", "llama", ",\"unit\":\"per_request\""),
                        flat("b", "llama", "4"),
                        flat("a", "llama", "3"),
                        entry("copilot", "priceless", ",\"unit\":\"per_request\""))
                    + "]}}]}")
            .create();
    assertThat(ask(pricing, "other", "gpt-4o").matchedEntry()).isEqualTo("openai/gpt-4o");
    assertThat(ask(pricing, "other", "llama").matchedEntry()).isEqualTo("b/llama");
    assertThat(ask(pricing, "other", "priceless").cost()).isNull();
    assertThat(ask(pricing, "copilot", "gpt-4o").cost())
        .as("what a source knows and does not price stays so")
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // below the first threshold every call is, and every way to split the tokens has one price
    "tiered, 200000, 3, 0.2",
    "tiered, 200001, 3, -",
    "tiered, 200001, 0, -",
    "tiered, 200001, 1, 2.00001",
    // no threshold matters when all tiers cost the same
    "even, 200001, 3, 0.200001",
    // a call may fall between the tiers
    "gap, 200001, 3, -",
    "gap, 9, 3, 0.000009",
  })
  void aSumIsPricedWhereTheSplitMakesNoDifference(
      String model, long prompts, long calls, String amount) throws Exception {
    String tiers =
        ",\"rate_schedule\":{\"type\":\"prompt_token_threshold\",\"tiers\":["
            + "{\"max_prompt_tokens\":%d,\"rates\":{\"input_per_million\":1,\"output_per_million\":1}},"
            + "{\"min_prompt_tokens\":200001,\"rates\":{\"input_per_million\":%s,"
            + "\"output_per_million\":1}}]}";
    ExplainedPricing pricing =
        (ExplainedPricing)
            Fixture.catalog(
                    entry("p", "tiered", tiers.formatted(200_000, "10")),
                    entry("p", "even", tiers.formatted(200_000, "1.0")),
                    entry("p", "gap", tiers.formatted(10, "1")))
                .create();
    TokenUsage usage = TokenUsage.of(prompts, 0, 0, 0, 0);
    long now = TimeUnit.SECONDS.toNanos(Fixture.NOW.getEpochSecond());
    Quote quote = pricing.explain(new Question("p", model, usage, now), Map.of(), calls).quote();
    if (amount.equals("-")) {
      assertThat(quote.cost()).isNull();
      assertThat(quote.reason()).isEqualTo("the tier is open: the calls are known in sum only");
    } else {
      assertCost(quote, amount);
    }
  }

  @ParameterizedTest
  @CsvSource({"night, 1, 1", "night, 2, -", "always, 2, 2", "fee, 1, 0.011", "fee, 5, 0.051"})
  void aSumKnowsNoHourAndPaysEveryCall(
      String model, long calls, String amount, @TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("prices.json"),
            """
            [{"id":"p","models":[
              {"id":"night","match":{"equals":"night"},"prices":[
                {"prices":{"input_mtok":2}},
                {"constraint":{"start_time":"11:00:00Z","end_time":"13:00:00Z"},
                 "prices":{"input_mtok":1}}]},
              {"id":"always","match":{"equals":"always"},"prices":[
                {"prices":{"input_mtok":2}},
                {"constraint":{"start_time":"11:00:00Z","end_time":"13:00:00Z"},
                 "prices":{"input_mtok":2.0}}]},
              {"id":"fee","match":{"equals":"fee"},
               "prices":{"input_mtok":0.001,"requests_kcount":10}}]}]""");
    ExplainedPricing pricing =
        (ExplainedPricing)
            Fixture.of(new GenaiPricesProvider(), "{\"path\":\"" + file + "\"}").create();
    long now = TimeUnit.SECONDS.toNanos(Fixture.NOW.getEpochSecond());
    Quote quote = pricing.explain(new Question("p", model, MILLION, now), Map.of(), calls).quote();
    if (amount.equals("-")) {
      assertThat(quote.cost()).isNull();
      assertThat(quote.reason()).contains("goes by the hour");
    } else {
      assertCost(quote, amount);
    }
  }

  @Test
  void saysOnceThatAModelHasNoPrice() throws Exception {
    Fixture fixture = Fixture.catalog(flat("openai", "gpt-4o", "1"));
    ModelPricing pricing = fixture.create();
    ask(pricing, "openai", "nope");
    ask(pricing, "openai", "nope");
    assertThat(fixture.findings())
        .extracting(Diagnostic::code)
        .containsExactly("pricing.unmatched_model");
  }

  @Test
  void theFirstSourceThatKnowsTheModelDecides() throws Exception {
    String sources =
        "{\"sources\":[{\"type\":\"inline\",\"catalog\":{\"version\":1,\"entries\":[%s]}},"
            + "{\"type\":\"inline\",\"catalog\":{\"version\":1,\"entries\":[%s]}}]}";
    ModelPricing pricing =
        Fixture.of(
                new CatalogPricingProvider(),
                sources.formatted(
                    entry("p", "m", ",\"unit\":\"per_request\""), flat("p", "m", "1")))
            .create();
    Quote quote = ask(pricing, "p", "m");
    assertThat(quote.cost()).isNull();
    assertThat(quote.matchedEntry()).isEqualTo("p/m");
    assertThat(quote.reason()).isEqualTo("the entry has no price per token");
  }

  @Test
  void tiersGoByTheWholePromptUnlessTheCacheIsApart() throws Exception {
    String tiers =
        """
        ,"rate_schedule":{"type":"prompt_token_threshold"%s,"tiers":[
          {"max_prompt_tokens":200000,"rates":{"input_per_million":1,"output_per_million":1,"cache_read_per_million":1}},
          {"min_prompt_tokens":200001,"rates":{"input_per_million":10,"output_per_million":10,"cache_read_per_million":10}}]}""";
    String included = entry("p", "included", tiers.formatted(""));
    String separate = entry("p", "separate", tiers.formatted(""));
    String whole = entry("p", "whole", tiers.formatted(",\"threshold_on\":\"all_input_tokens\""));
    ModelPricing pricing =
        Fixture.catalog(
                included,
                separate.replace("included_in_prompt_tokens", "separate"),
                whole.replace("included_in_prompt_tokens", "separate"))
            .create();
    TokenUsage usage = TokenUsage.of(100_000, 150_000, 0, 0, 0);
    Quote quote = ask(pricing, "p", "included", usage, Fixture.NOW);
    assertCost(quote, "2.5");
    assertThat(quote.tier()).isEqualTo("200001..");
    quote = ask(pricing, "p", "separate", usage, Fixture.NOW);
    assertCost(quote, "0.25");
    assertThat(quote.tier()).isEqualTo("0..200000");
    assertCost(ask(pricing, "p", "whole", usage, Fixture.NOW), "2.5");
    assertCost(
        ask(pricing, "p", "included", TokenUsage.of(200_000, 0, 0, 0, 0), Fixture.NOW), "0.2");
    assertCost(
        ask(pricing, "p", "included", TokenUsage.of(200_001, 0, 0, 0, 0), Fixture.NOW), "2.00001");
  }

  @Test
  void ourFieldsPriceWhatRelayHasNoFieldFor() throws Exception {
    String rates =
        """
        ,"rates":{"input_per_million":1,"output_per_million":2,"cache_write_per_million":3%s}""";
    String ours =
        ",\"cache_write_1h_per_million\":4,\"reasoning_per_million\":5,"
            + "\"input_audio_per_million\":6,\"output_audio_per_million\":7";
    ModelPricing pricing =
        Fixture.catalog(
                entry("p", "relay", rates.formatted("")), entry("p", "ours", rates.formatted(ours)))
            .create();
    long million = 1_000_000;
    TokenUsage usage =
        new TokenUsage(
            million,
            0,
            million,
            million,
            million,
            million,
            million,
            million,
            TokenUsage.UNKNOWN,
            TokenUsage.UNKNOWN);
    assertCost(ask(pricing, "p", "ours", usage, Fixture.NOW), "28");
    assertCost(ask(pricing, "p", "relay", usage, Fixture.NOW), "14");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-31T23:59:59Z, 1",
    "2026-06-01T00:00:00Z, 2",
    "2026-06-30T23:59:59Z, 2",
    "2026-07-01T00:00:00Z, -1",
  })
  void pricesHaveTheirTime(String time, int amount) throws Exception {
    String dated = ",\"rates\":{\"input_per_million\":%s,\"output_per_million\":0}%s";
    ModelPricing pricing =
        Fixture.catalog(
                entry("p", "m", dated.formatted("1", ",\"valid_to\":\"2026-06-01\"")),
                entry(
                    "p",
                    "m",
                    dated.formatted(
                        "2", ",\"valid_from\":\"2026-06-01\",\"valid_to\":\"2026-07-01\"")))
            .create();
    Quote quote = ask(pricing, "p", "m", MILLION, Instant.parse(time));
    if (amount < 0) {
      assertThat(quote.cost()).isNull();
      assertThat(quote.reason()).isEqualTo("no price was valid on 2026-07-01");
    } else {
      assertCost(quote, String.valueOf(amount));
    }
  }

  @Test
  void zeroIsAPriceAndAbsenceIsNone() throws Exception {
    ModelPricing pricing = Fixture.catalog(flat("local", "free", "0")).create();
    assertCost(ask(pricing, "local", "free"), "0");
    Quote cached = ask(pricing, "local", "free", TokenUsage.of(1, 1, 0, 0, 0), Fixture.NOW);
    assertThat(cached.cost()).isNull();
    assertThat(cached.reason()).isEqualTo("no cache_read rate");
    Quote empty = ask(pricing, "local", "free", TokenUsage.ZERO, Fixture.NOW);
    assertThat(empty.cost()).isNull();
  }

  @Test
  void keepsTheCurrency() throws Exception {
    ModelPricing pricing =
        Fixture.catalog(flat("p", "m", "1").replaceFirst("\\{", "{\"currency\":\"EUR\",")).create();
    Quote quote = ask(pricing, "p", "m");
    assertThat(quote.cost()).extracting(Cost::currency).isEqualTo("EUR");
  }
}
