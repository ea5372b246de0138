package io.fairlead.core.pricing;

import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.TestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A pricing made by its provider, asked through {@link PriceLines}. */
final class PricingRun {

  static final ManualClock CLOCK = ManualClock.at("2026-11-20T12:00:00Z");

  private final ModelPricing pricing;

  private PricingRun(ModelPricing pricing) {
    this.pricing = pricing;
  }

  static PricingRun bundled() {
    return new PricingRun(DefaultPricing.load(CLOCK, new RecordingDiagnostics()).orElseThrow());
  }

  static PricingRun of(
      PricingProvider provider, ConfigNode.Table config, Map<String, String> environment)
      throws Exception {
    return new PricingRun(
        provider.create(
            TestContext.of(provider, config).withClock(CLOCK).withEnvironment(environment)));
  }

  /** The answer to a line. */
  ConfigNode.Table ask(String line) throws IOException, JsonTree.MalformedException {
    StringWriter out = new StringWriter();
    new PriceLines(List.of(pricing), CLOCK)
        .run(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), out);
    return Nodes.table(JsonTree.parse(out.toString(), null));
  }
}
