package io.fairlead.testkit;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ComponentContext} for tests: the configuration given, an empty environment, a clock that
 * stands still, diagnostics that are kept. The {@code with…} methods change one thing each.
 */
public final class TestContext implements ComponentContext {

  private final String instance;
  private final ConfigView config;
  private final ManualClock clock;
  private final RecordingDiagnostics diagnostics;
  private final Map<String, String> environment;
  private final boolean readsEverything;

  private TestContext(
      String instance,
      ConfigView config,
      ManualClock clock,
      RecordingDiagnostics diagnostics,
      Map<String, String> environment,
      boolean readsEverything) {
    this.instance = instance;
    this.config = config;
    this.clock = clock;
    this.diagnostics = diagnostics;
    this.environment = Map.copyOf(environment);
    this.readsEverything = readsEverything;
  }

  /** A context whose instance is the provider's kind. */
  public static TestContext of(ComponentProvider provider, ConfigNode.Table config) {
    return of(provider.kind(), provider.configSpec(), config);
  }

  /** A context of an instance. */
  public static TestContext of(String instance, ConfigSpec spec, ConfigNode.Table config) {
    return new TestContext(
        instance,
        ConfigView.of(spec, config),
        ManualClock.at("2026-03-01T10:00:00Z"),
        new RecordingDiagnostics(),
        Map.of(),
        false);
  }

  /** The same context with an environment. */
  public TestContext withEnvironment(Map<String, String> values) {
    return new TestContext(instance, config, clock, diagnostics, values, readsEverything);
  }

  /** The same context with another clock. */
  public TestContext withClock(ManualClock newClock) {
    return new TestContext(instance, config, newClock, diagnostics, environment, readsEverything);
  }

  /** The same context with another place for findings. */
  public TestContext withDiagnostics(RecordingDiagnostics newDiagnostics) {
    return new TestContext(instance, config, clock, newDiagnostics, environment, readsEverything);
  }

  /** The same context of a run that reads everything. */
  public TestContext readingEverything() {
    return new TestContext(instance, config, clock, diagnostics, environment, true);
  }

  @Override
  public String instance() {
    return instance;
  }

  @Override
  public ConfigView config() {
    return config;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public RecordingDiagnostics diagnostics() {
    return diagnostics;
  }

  @Override
  public @Nullable String environment(String name) {
    return environment.get(name);
  }

  @Override
  public boolean readsEverything() {
    return readsEverything;
  }

  @Override
  public KernelStatus kernel() {
    return IdleKernel.INSTANCE;
  }

  /** A kernel that has counted nothing. */
  private enum IdleKernel implements KernelStatus {
    INSTANCE;

    @Override
    public List<SubscriberStatus> subscribers() {
      return List.of();
    }

    @Override
    public long events() {
      return 0;
    }

    @Override
    public long dropped() {
      return 0;
    }
  }
}
