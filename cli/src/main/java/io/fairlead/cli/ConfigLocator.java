package io.fairlead.cli;

import io.fairlead.core.layers.ConfigFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration of a command, the same way for all of them: the file of the option, else
 * of {@code FAIRLEAD_CONFIG}, else the user's own, and the system's over it. Never one of the
 * working directory: a hostile checkout must not send sessions anywhere.
 */
final class ConfigLocator {

  private final App app;

  ConfigLocator(App app) {
    this.app = app;
  }

  /**
   * The configuration, or null when no file was named and there is none.
   *
   * @throws CommandFailure when a file was named that is not there
   */
  Kernel.@Nullable Document find(@Nullable Path option) throws CommandFailure {
    ConfigFiles places = app.host().configFiles().withExplicit(option);
    Path explicit = places.explicit();
    if (explicit != null && !Files.exists(explicit)) {
      throw new CommandFailure("configuration file '" + explicit + "' does not exist");
    }
    return places.candidates().stream().anyMatch(Files::exists) ? app.kernel().load(places) : null;
  }

  /** The one file a command may rewrite: the named one, else the user's own. */
  Path own(@Nullable Path option) {
    ConfigFiles places = app.host().configFiles().withExplicit(option);
    return places.withoutSystem().candidates().get(0);
  }

  /** The configuration. */
  Kernel.Document require(@Nullable Path option) throws CommandFailure {
    Kernel.Document found = find(option);
    if (found == null) {
      throw new CommandFailure(
          "no configuration: give --config FILE, set "
              + ConfigFiles.VARIABLE
              + ", or write "
              + app.host().configFiles().user()
              + " (plugins.toml.example shows every key)");
    }
    return found;
  }
}
