package io.fairlead.spi;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;

/** What the providers behind a {@code kind} have in common. */
public interface ComponentProvider {

  /**
   * The {@code kind} (or the section of the {@code observability} component) this provider stands
   * behind: {@code [a-z][a-z0-9_]*}. Called at discovery; constant. Two providers of one kind are a
   * diagnostic that names both.
   */
  String kind();

  /** The fields of the component's {@code config}. Pure; may be called many times. */
  ConfigSpec configSpec();

  /**
   * Checks what the spec cannot say: relations between fields, formats. Called on the validating
   * thread after the spec's own checks, also when they found faults, and for disabled components.
   * No network, no waiting, no input or output but one: local files of data that the configuration
   * names may be read, within a bound on their size, so that their faults are found before a start.
   * Whoever does so reads them here and in {@code create} by the same code. A throw becomes a
   * diagnostic against the plugin.
   */
  default void validate(ConfigView config, ValidationContext context) {}

  /** Whether a document may hold several components of this kind. */
  default boolean repeatable() {
    return false;
  }

  /** {@link SpiVersion#MAJOR} this provider was compiled against. */
  default int spiMajor() {
    return SpiVersion.MAJOR;
  }

  /** Version of the plugin, by default the {@code Implementation-Version} of its JAR. */
  default String version() {
    String version = getClass().getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** How much may still change. */
  default Stability stability() {
    return Stability.ALPHA;
  }

  /** How much of a component may still change. */
  enum Stability {
    /** Names and behaviour may change. */
    ALPHA,
    /** Changes are announced. */
    BETA,
    /** Changes only with a major version. */
    STABLE
  }
}
