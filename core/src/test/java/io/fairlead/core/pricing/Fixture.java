package io.fairlead.core.pricing;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.diagnostic.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pricing provider with its configuration, written as JSON, and all it reports. */
final class Fixture implements ComponentContext, ValidationContext {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final PricingProvider provider;
  private final ConfigView config;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Diagnostic> findings = new ArrayList<>();

  private Fixture(PricingProvider provider, ConfigNode.Table config) {
    this.provider = provider;
    this.config = ConfigView.of(provider.configSpec(), config);
  }

  /** A provider with a configuration. */
  static Fixture of(PricingProvider provider, String json) throws JsonTree.MalformedException {
    return new Fixture(provider, Nodes.table(JsonTree.parse(json, "plugins.toml")));
  }

  /** The native catalog with these entries inline. */
  static Fixture catalog(String... entries) throws JsonTree.MalformedException {
    return of(
        new CatalogPricingProvider(),
        "{\"sources\":[{\"type\":\"inline\",\"catalog\":{\"version\":1,\"entries\":[\n"
            + String.join(",\n", entries)
            + "]}}]}");
  }

  /** An entry of the native catalog with further fields. */
  static String entry(String provider, String model, String more) {
    return """
        {"provider":"%s","model_id":"%s","pricing_as_of":"2026-11-01","pricing_source":"test",\
        "prompt_cache":{"read_accounting":"included_in_prompt_tokens"}%s}"""
        .formatted(provider, model, more);
  }

  /** An entry of the native catalog with one price for input and output. */
  static String flat(String provider, String model, String perMillion) {
    return entry(
        provider,
        model,
        ",\"rates\":{\"input_per_million\":%1$s,\"output_per_million\":%1$s}"
            .formatted(perMillion));
  }

  Fixture with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  List<Diagnostic> validate() {
    provider.validate(config, this);
    return findings;
  }

  ModelPricing create() throws Exception {
    return provider.create(this);
  }

  List<Diagnostic> findings() {
    return findings;
  }

  @Override
  public String instance() {
    return provider.kind();
  }

  @Override
  public ConfigView config() {
    return config;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(NOW);
  }

  @Override
  public DiagnosticSink diagnostics() {
    return findings::add;
  }

  @Override
  public @Nullable String environment(String name) {
    return environment.get(name);
  }

  @Override
  public boolean readsEverything() {
    return false;
  }

  @Override
  public KernelStatus kernel() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unsupportedValue(
      String field, @Nullable ConfigNode at, String message, @Nullable String hint) {
    report(Level.ERROR, provider.kind() + ".unsupported_value", field, at, message, hint);
  }

  @Override
  public void report(
      Level level,
      String code,
      @Nullable String field,
      @Nullable ConfigNode at,
      String message,
      @Nullable String hint) {
    findings.add(
        new Diagnostic(
            level, code, provider.kind(), field, message, at == null ? null : at.position(), hint));
  }
}
