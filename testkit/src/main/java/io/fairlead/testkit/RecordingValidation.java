package io.fairlead.testkit;

import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link ValidationContext} that keeps the findings of one component. */
public final class RecordingValidation implements ValidationContext {

  private final String component;
  private final Map<String, String> environment;
  private final RecordingDiagnostics diagnostics = new RecordingDiagnostics();

  /** A context for a component, with an environment of its own. */
  public RecordingValidation(String component, Map<String, String> environment) {
    this.component = component;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public void unsupportedValue(
      String field, @Nullable ConfigNode at, String message, @Nullable String hint) {
    report(Level.ERROR, component + ".unsupported_value", field, at, message, hint);
  }

  @Override
  public void unsupportedVersion(@Nullable ConfigNode at, String message) {
    report(Level.ERROR, component + ".unsupported_config_version", "version", at, message, null);
  }

  @Override
  public void report(
      Level level,
      String code,
      @Nullable String field,
      @Nullable ConfigNode at,
      String message,
      @Nullable String hint) {
    diagnostics.report(
        new Diagnostic(
            level, code, component, field, message, at == null ? null : at.position(), hint));
  }

  @Override
  public @Nullable String environment(String name) {
    return environment.get(name);
  }

  /** The findings so far, in order. */
  public List<Diagnostic> findings() {
    return diagnostics.findings();
  }

  /** Their codes, in order. */
  public List<String> codes() {
    return diagnostics.codes();
  }
}
