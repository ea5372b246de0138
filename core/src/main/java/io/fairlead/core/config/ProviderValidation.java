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
  private final Form form;
  private final int mark;

  /**
   * Where a finding belongs.
   *
   * @param component what it is about
   * @param field in the author's words
   */
  public record Place(String component, String field) {}

  /** How the author wrote what the provider sees in its own form. */
  public interface Form {

    /** The place of a field. */
    Place place(String field);

    /** How bad a finding is for this author. */
    Level level(String code, Level level);
  }

  /**
   * A validation.
   *
   * @param mark size of the findings before the component was looked at
   * @param form the author's form, or null when the provider sees what was written
   */
  public ProviderValidation(
      Reporter reporter,
      Function<String, @Nullable String> environment,
      int mark,
      @Nullable Form form) {
    this.mark = mark;
    this.reporter = reporter;
    this.environment = environment;
    this.form = form == null ? new AsWritten(reporter.subject()) : form;
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

  private record AsWritten(String component) implements Form {
    @Override
    public Place place(String field) {
      return new Place(component, field);
    }

    @Override
    public Level level(String code, Level level) {
      return level;
    }
  }

  private final class Context implements ValidationContext {

    @Override
    public void unsupportedValue(
        String field, @Nullable ConfigNode at, String message, @Nullable String hint) {
      if (isOpen(at)) {
        return;
      }
      Place place = form.place(field);
      Reporter own = reporter.about(place.component());
      SourcePosition position = position(at);
      if (!known(own, own.code("unsupported_value"), place.field(), at)) {
        own.unsupportedValue(place.field(), position, message, hint);
      }
    }

    @Override
    public void unsupportedVersion(@Nullable ConfigNode at, String message) {
      Place place = form.place("version");
      reporter
          .about(place.component())
          .unsupported("unsupported_config_version", place.field(), position(at), message, null);
    }

    @Override
    public void report(
        Level level,
        String code,
        @Nullable String field,
        @Nullable ConfigNode at,
        String message,
        @Nullable String hint) {
      if (isOpen(at)) {
        return;
      }
      Place place = field == null ? null : form.place(field);
      Reporter own = place == null ? reporter : reporter.about(place.component());
      String named = place == null ? null : place.field();
      SourcePosition position = position(at);
      if (!known(own, code, named, at) && !isIdle(own, code)) {
        own.report(form.level(code, level), code, named, position, message, hint);
      }
    }

    @Override
    public @Nullable String environment(String name) {
      return environment.apply(name);
    }

    /** The provider saw a reference in the place of a text that is not known yet. */
    private static boolean isOpen(@Nullable ConfigNode at) {
      return at instanceof ConfigNode.Text && Variables.known(at) == null;
    }

    /** That something has no effect is idle talk about what has errors and is not used anyway. */
    private boolean isIdle(Reporter own, String code) {
      return code.endsWith(FEATURE_DISABLED) && own.findings().hasErrorSince(mark, own.subject());
    }

    /** A table stands where its first key does, which in YAML is a place of that key's findings. */
    private boolean known(
        Reporter own, String code, @Nullable String field, @Nullable ConfigNode at) {
      SourcePosition position = at instanceof ConfigNode.Table ? null : position(at);
      return own.findings().covers(mark, code, own.subject(), field, position);
    }

    private static @Nullable SourcePosition position(@Nullable ConfigNode at) {
      return at == null ? null : at.position();
    }
  }
}
