package io.fairlead.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.UsageReported;
import io.fairlead.testkit.Fixtures;
import io.fairlead.testkit.RecordingSubscriber;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the kernel prices with the table on the class path. */
class OutOfTheBoxTest {

  private static final String OWN_PRICE =
      """
      [[components]]
      kind = "pricing"
      enabled = %s
      [[components.config.sources]]
      type = "inline"
      [components.config.sources.catalog]
      version = 1
      [[components.config.sources.catalog.entries]]
      provider = "openai"
      model_id = "gpt-4o-mini"
      pricing_as_of = "2026-11-01"
      pricing_source = "contract"
      rates = { input_per_million = 0.10, output_per_million = 0.5 }
      prompt_cache = { read_accounting = "included_in_prompt_tokens" }
      """;

  @Test
  void aDocumentWithoutPricesHasTheTable() throws Exception {
    assertThat(cost("")).isEqualTo(estimated("0.00045"));
  }

  @Test
  void aDocumentWithPricesHasThose() throws Exception {
    assertThat(cost(OWN_PRICE.formatted("true"))).isEqualTo(estimated("0.00035"));
  }

  @Test
  void aDisabledPricingPricesNothing() throws Exception {
    assertThat(cost(OWN_PRICE.formatted("false"))).isNull();
  }

  private static Cost estimated(String amount) {
    return new Cost(new BigDecimal(amount), "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG);
  }

  private static @Nullable Cost cost(String document) throws Exception {
    RecordingSubscriber subscriber = new RecordingSubscriber();
    KernelOptions options =
        KernelOptions.builder().subscriber(subscriber.name(), subscriber).build();
    try (ActivePlugins plugins = PluginConfig.parse(document, null).initialize(options)) {
      plugins.hub().emit(usage());
      plugins.flush(Duration.ofSeconds(10));
    }
    assertThat(subscriber.accepted()).singleElement().isInstanceOf(UsageReported.class);
    return ((UsageReported) subscriber.accepted().get(0)).cost();
  }

  private static Event usage() {
    return new UsageReported(
        Fixtures.turn().get(0).header(),
        "openai",
        "gpt-4o-mini",
        null,
        1,
        TokenUsage.of(1000, 0, 0, 500, 0),
        null,
        1);
  }
}
