package io.fairlead.core.config;

import io.fairlead.core.discovery.PluginContext;
import io.fairlead.core.discovery.PluginOrigin;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a provider check its own configuration. What has been said already about a field is not said
 * again, and a provider that throws becomes a finding.
 */
public final class ProviderValidation {

  /** A plugin's own check threw. */
  public static final String VALIDATE_FAILED = "plugin.validate_failed";

  private static final String FEATURE_DISABLED = ".feature_disabled";

  private final Reporter reporter;
  private final Function<String, @Nullable String> environment;
  private final UnaryOperator<String> fieldNames;
  private final int mark;

  /**
   * A validation.
   *
   * @param mark size of the findings before the component was looked at
   * @param fieldNames from the provider's name of a field to the author's
   */
  public ProviderValidation(
      Reporter reporter,
      Function<String, @Nullable String> environment,
      int mark,
      UnaryOperator<String> fieldNames) {
    this.mark = mark;
    this.reporter = reporter;
    this.environment = environment;
    this.fieldNames = fieldNames;
  }

  /** What the provider declares; null, with a finding, when it declares nothing. */
  public @Nullable ConfigSpec spec(ComponentProvider provider, @Nullable SourcePosition at) {
    try {
      return Objects.requireNonNull(PluginContext.call(loader(provider), provider::configSpec));
    } catch (Throwable e) { // a plugin may throw anything
      failed(provider, at, "the plugin declares no configuration", e);
      return null;
    }
  }

  /** Runs the provider's check. */
  public void run(ComponentProvider provider, ConfigView view) {
    try {
      PluginContext.call(
          loader(provider),
          () -> {
            provider.validate(view, new Context());
            return view;
          });
    } catch (Throwable e) { // a plugin may throw anything
      failed(provider, view.table().position(), "the plugin's own validation failed", e);
    }
  }

  private static ClassLoader loader(ComponentProvider provider) {
    return provider.getClass().getClassLoader();
  }

  /** The message of what was thrown may hold a value of the configuration. */
  private void failed(
      ComponentProvider provider, @Nullable SourcePosition at, String what, Throwable e) {
    reporter.report(
        Level.ERROR,
        VALIDATE_FAILED,
        null,
        at,
        what + ": " + e.getClass().getName(),
        "this is a fault of the plugin '"
            + provider.kind()
            + "' of "
            + PluginOrigin.locationOf(provider.getClass()));
  }

  private final class Context implements ValidationContext {

    @Override
    public void unsupportedValue(
        String field, @Nullable ConfigNode at, String message, @Nullable String hint) {
      String named = fieldNames.apply(field);
      SourcePosition position = position(at);
      if (!known(reporter.code("unsupported_value"), named, position)) {
        reporter.unsupportedValue(named, position, message, hint);
      }
    }

    @Override
    public void unsupportedVersion(@Nullable ConfigNode at, String message) {
      reporter.unsupported(
          "unsupported_config_version", fieldNames.apply("version"), position(at), message, null);
    }

    @Override
    public void report(
        Level level,
        String code,
        @Nullable String field,
        @Nullable ConfigNode at,
        String message,
        @Nullable String hint) {
      String named = field == null ? null : fieldNames.apply(field);
      SourcePosition position = position(at);
      if (!known(code, named, position) && !isIdle(code)) {
        reporter.report(level, code, named, position, message, hint);
      }
    }

    @Override
    public @Nullable String environment(String name) {
      return environment.apply(name);
    }

    /** That something has no effect is idle talk about what has errors and is not used anyway. */
    private boolean isIdle(String code) {
      return code.endsWith(FEATURE_DISABLED)
          && reporter.findings().hasErrorSince(mark, reporter.subject());
    }

    private boolean known(String code, @Nullable String field, @Nullable SourcePosition position) {
      return reporter.findings().covers(mark, code, reporter.subject(), field, position);
    }

    private static @Nullable SourcePosition position(@Nullable ConfigNode at) {
      return at == null ? null : at.position();
    }
  }
}
