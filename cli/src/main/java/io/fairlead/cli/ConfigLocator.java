package io.fairlead.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration file to use: the option, else {@code FAIRLEAD_CONFIG}, else the user's own
 * file. Never one of the working directory: a hostile checkout must not send sessions anywhere.
 */
final class ConfigLocator {

  static final String VARIABLE = "FAIRLEAD_CONFIG";

  private final Host host;

  ConfigLocator(Host host) {
    this.host = host;
  }

  /** The file to use, or null when none was named and the user has none. */
  @Nullable Path find(@Nullable Path option) {
    if (option != null) {
      return option;
    }
    String variable = host.variable(VARIABLE);
    if (variable != null) {
      return Path.of(variable);
    }
    Path own = userFile();
    return Files.exists(own) ? own : null;
  }

  /** The file to use. */
  Path require(@Nullable Path option) throws CommandFailure {
    Path found = find(option);
    if (found == null) {
      throw new CommandFailure(
          "no configuration: give --config FILE, set "
              + VARIABLE
              + ", or write "
              + userFile()
              + " (plugins.toml.example shows every key)");
    }
    return found;
  }

  /** The user's own file, there or not. */
  Path userFile() {
    return host.configDir().resolve("plugins.toml");
  }
}
