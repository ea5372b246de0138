package io.fairlead.spi;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Level;
import org.jspecify.annotations.Nullable;

/** What a provider needs to check a configuration. Valid during the call of {@code validate}. */
public interface ValidationContext {

  /**
   * Reports a fault of a value that the document's {@code unsupported_value} policy may soften.
   *
   * @param field path inside the component's config, for example {@code endpoints[0].transport}
   * @param at the node it is about, for the position, or null
   * @param message one sentence; never a secret
   * @param hint how to go on, or null
   */
  void unsupportedValue(
      String field, @Nullable ConfigNode at, String message, @Nullable String hint);

  /**
   * Reports that the {@code version} of the component's own config is none that is read here, at
   * the level of the document's {@code unsupported_value} policy. By default the same as an
   * unsupported value of the field {@code version}.
   *
   * @param at the version, or null
   * @param message one sentence
   */
  default void unsupportedVersion(@Nullable ConfigNode at, String message) {
    unsupportedValue("version", at, message, null);
  }

  /**
   * Reports any other finding at a fixed level.
   *
   * @param code dotted name, its area being the kind
   */
  void report(
      Level level,
      String code,
      @Nullable String field,
      @Nullable ConfigNode at,
      String message,
      @Nullable String hint);

  /** The value of an environment variable, or null. */
  @Nullable String environment(String name);
}
