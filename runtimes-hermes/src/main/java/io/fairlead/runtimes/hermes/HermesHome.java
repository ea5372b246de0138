package io.fairlead.runtimes.hermes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One directory Hermes keeps its things in.
 *
 * @param directory the directory
 * @param agent the agent that lives there: the profile's name, {@code hermes} for the default home
 */
record HermesHome(Path directory, String agent) {

  private static final String DEFAULT_AGENT = "hermes";

  Path store() {
    return directory.resolve("state.db");
  }

  Path log() {
    return directory.resolve("logs").resolve("agent.log");
  }

  boolean hasAnything() {
    return Files.exists(store()) || Files.exists(log());
  }

  /** The home itself and, when asked for, the home of every profile in it, by name. */
  static List<HermesHome> under(Path directory, boolean profiles) throws IOException {
    List<HermesHome> homes = new ArrayList<>();
    homes.add(new HermesHome(directory, DEFAULT_AGENT));
    Path parent = directory.resolve("profiles");
    if (profiles && Files.isDirectory(parent)) {
      try (Stream<Path> children = Files.list(parent)) {
        children
            .filter(Files::isDirectory)
            .sorted()
            .forEach(
                child -> homes.add(new HermesHome(child, String.valueOf(child.getFileName()))));
      }
    }
    return homes;
  }
}
