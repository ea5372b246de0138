package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pricing made by its provider, asked through {@link PriceLines}. */
final class PricingRun {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final ModelPricing pricing;

  private PricingRun(ModelPricing pricing) {
    this.pricing = pricing;
  }

  static PricingRun bundled() {
    return new PricingRun(DefaultPricing.load(CLOCK, diagnostic -> {}).orElseThrow());
  }

  static PricingRun of(
      PricingProvider provider, Map<String, ConfigNode> config, Map<String, String> environment)
      throws Exception {
    List<Diagnostic> diagnostics = new ArrayList<>();
    PricingRun run =
        new PricingRun(provider.create(new Context(provider, config, environment, diagnostics)));
    run.diagnostics.addAll(diagnostics);
    return run;
  }

  /** The answer to a line. */
  ConfigNode.Table ask(String line) throws IOException, JsonTree.MalformedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PriceLines(List.of(pricing), CLOCK)
        .run(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), out);
    return Nodes.table(JsonTree.parse(out.toString(StandardCharsets.UTF_8), null));
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  private record Context(
      PricingProvider provider,
      Map<String, ConfigNode> values,
      Map<String, String> variables,
      List<Diagnostic> findings)
      implements ComponentContext {

    @Override
    public String instance() {
      return provider.kind();
    }

    @Override
    public ConfigView config() {
      Map<String, ConfigNode.Entry> entries = new java.util.LinkedHashMap<>();
      values.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(null, value)));
      return ConfigView.of(provider.configSpec(), new ConfigNode.Table(entries, null));
    }

    @Override
    public InstantSource clock() {
      return CLOCK;
    }

    @Override
    public DiagnosticSink diagnostics() {
      return findings::add;
    }

    @Override
    public @Nullable String environment(String name) {
      return variables.get(name);
    }

    @Override
    public boolean readsEverything() {
      return true;
    }

    @Override
    public KernelStatus kernel() {
      throw new UnsupportedOperationException();
    }
  }
}
