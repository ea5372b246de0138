package io.fairlead.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read a configuration. */
final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Configuration file. Default: $FAIRLEAD_CONFIG, else",
        "$XDG_CONFIG_HOME/fairlead/plugins.toml (~/.config)."
      })
  @Nullable Path file;

  @Option(
      names = "--plugins-dir",
      paramLabel = "DIR",
      description = "Directory of drop-in plugins. Default: plugins/ of the installation.")
  @Nullable Path pluginsDir;
}
