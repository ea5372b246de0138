package io.fairlead.core.lifecycle;

import io.fairlead.core.discovery.PluginContext;
import io.fairlead.core.discovery.PluginOrigin;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One component while it runs: what it is handed, and how the kernel calls into its plugin. */
public final class ComponentScope implements ComponentContext {

  private final PlannedComponent component;
  private final Surroundings surroundings;
  private final SecretScrubber scrubber;
  private final Object holding = new Object();
  private boolean holds;
  private @Nullable Diagnostic held;

  /**
   * What all components of a kernel share.
   *
   * @param environment variables by name
   * @param readsEverything {@link ComponentContext#readsEverything()}
   */
  public record Surroundings(
      Function<String, @Nullable String> environment,
      InstantSource clock,
      boolean readsEverything,
      DiagnosticSink diagnostics,
      KernelStatus status) {}

  /** The scope of a component. */
  public ComponentScope(PlannedComponent component, Surroundings surroundings) {
    this.component = component;
    this.surroundings = surroundings;
    this.scrubber = SecretScrubber.of(component.config());
  }

  @Override
  public String instance() {
    return component.instance();
  }

  /** The kind behind the component. */
  public String kind() {
    return component.provider().kind();
  }

  @Override
  public ConfigView config() {
    return component.config();
  }

  @Override
  public InstantSource clock() {
    return surroundings.clock();
  }

  @Override
  public DiagnosticSink diagnostics() {
    return this::report;
  }

  @Override
  public @Nullable String environment(String name) {
    return surroundings.environment().apply(name);
  }

  @Override
  public boolean readsEverything() {
    return surroundings.readsEverything();
  }

  @Override
  public KernelStatus kernel() {
    return surroundings.status();
  }

  /** Passes a finding on, in this component's name when it has none, and without its secrets. */
  public void report(Diagnostic finding) {
    Diagnostic named =
        new Diagnostic(
            finding.level(),
            finding.code(),
            finding.component() == null ? instance() : finding.component(),
            finding.field(),
            scrub(finding.message()),
            finding.position(),
            finding.hint() == null && !isBuiltIn() ? pluginHint() : finding.hint());
    synchronized (holding) {
      if (holds && held == null && named.isError()) {
        held = named;
        return;
      }
    }
    surroundings.diagnostics().report(named);
  }

  /**
   * Keeps back the first error the component reports during a step of its start: should the step
   * fail, that is the reason, and told once.
   */
  public void holdErrors() {
    synchronized (holding) {
      holds = true;
    }
  }

  /** The error kept back, which is then the caller's to tell, or null. */
  public @Nullable Diagnostic takeHeldError() {
    synchronized (holding) {
      Diagnostic error = held;
      held = null;
      return error;
    }
  }

  /** Ends what {@link #holdErrors} began; an error that nobody took is passed on. */
  public void letErrorsGo() {
    Diagnostic error;
    synchronized (holding) {
      holds = false;
      error = held;
      held = null;
    }
    if (error != null) {
      surroundings.diagnostics().report(error);
    }
  }

  /** A text without this component's secrets. */
  public String scrub(String text) {
    return scrubber.scrub(text);
  }

  /** The class loader of the plugin. */
  public ClassLoader loader() {
    return component.provider().getClass().getClassLoader();
  }

  /** Whether the component is one of Fairlead's own. */
  public boolean isBuiltIn() {
    return PluginOrigin.isBuiltIn(component.provider().getClass());
  }

  /** Names the plugin, for people. */
  public String pluginHint() {
    return "Its plugin is " + PluginOrigin.locationOf(component.provider().getClass()) + ".";
  }

  /** Calls into the plugin with its class loader in place. */
  public <T> T call(Callable<T> action) throws Exception {
    return PluginContext.call(loader(), action);
  }
}
