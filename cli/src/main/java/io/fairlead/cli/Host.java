package io.fairlead.cli;

import io.fairlead.core.layers.ConfigFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The machine a command runs on.
 *
 * @param variables environment variables; null for one that is not set
 * @param home the user's home directory
 * @param systemConfig the configuration file of the machine, there or not
 * @param installation root of the unpacked distribution, or null when run from elsewhere
 * @param clock the time
 * @param terminal where output goes
 */
record Host(
    Function<String, @Nullable String> variables,
    Path home,
    Path systemConfig,
    @Nullable Path installation,
    InstantSource clock,
    Terminal terminal) {

  /** The value of a variable; one set to nothing counts as not set. */
  @Nullable String variable(String name) {
    String value = variables.apply(name);
    return value == null || value.isBlank() ? null : value;
  }

  /**
   * A directory of the XDG base directory specification; relative values are ignored as it asks.
   */
  private Path baseDirectory(String variable, String fallback) {
    String value = variable(variable);
    Path given = value == null ? null : Path.of(value);
    return given != null && given.isAbsolute() ? given : home.resolve(fallback);
  }

  /** Where configuration files are looked for. */
  ConfigFiles configFiles() {
    String explicit = variable(ConfigFiles.VARIABLE);
    return new ConfigFiles(
        explicit == null ? null : Path.of(explicit),
        ConfigFiles.user(baseDirectory("XDG_CONFIG_HOME", ".config")),
        systemConfig);
  }

  /** Where state is kept when the document does not say. */
  Path stateDir() {
    return baseDirectory("XDG_STATE_HOME", ".local/state").resolve("fairlead");
  }

  /** Where things are kept that can be had again. */
  Path cacheDir() {
    return baseDirectory("XDG_CACHE_HOME", ".cache").resolve("fairlead");
  }

  /**
   * The directory of drop-in plugins: the one asked for, else that of the installation when it is
   * there.
   */
  @Nullable Path pluginsDir(@Nullable Path asked) {
    if (asked != null) {
      return asked;
    }
    Path own = installation == null ? null : installation.resolve("plugins");
    return own != null && Files.isDirectory(own) ? own : null;
  }
}
