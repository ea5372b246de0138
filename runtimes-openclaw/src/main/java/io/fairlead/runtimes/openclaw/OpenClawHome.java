package io.fairlead.runtimes.openclaw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One state directory of OpenClaw.
 *
 * @param directory the directory
 * @param profile the profile it belongs to, empty for the one the component names
 * @param configFile OpenClaw's configuration
 */
record OpenClawHome(Path directory, String profile, Path configFile) {

  /**
   * An agent's directory in a home.
   *
   * @param directory the directory
   * @param id OpenClaw's id of the agent
   */
  record Agent(Path directory, String id) {

    Path store() {
      return directory.resolve("agent").resolve("openclaw-agent.sqlite");
    }

    Path transcripts() {
      return directory.resolve("sessions");
    }

    Path coldArchives() {
      return transcripts().resolve("cold");
    }

    boolean hasAnything() {
      return Files.exists(store()) || Files.isDirectory(transcripts());
    }
  }

  /** The agents that have something to read, by id. */
  List<Agent> agents() throws IOException {
    return children(directory.resolve("agents"), "").stream()
        .map(child -> new Agent(child, nameOf(child)))
        .filter(Agent::hasAnything)
        .toList();
  }

  /** The home itself and, when asked for, the homes of named profiles beside it, by name. */
  static List<OpenClawHome> of(OpenClawSettings settings) throws IOException {
    Path home = settings.home().toAbsolutePath().normalize();
    List<OpenClawHome> homes = new ArrayList<>();
    homes.add(new OpenClawHome(home, "", config(home, settings.configFile())));
    Path parent = home.getParent();
    if (settings.profiles() && parent != null) {
      String prefix = nameOf(home) + '-';
      for (Path sibling : children(parent, prefix)) {
        if (Files.isDirectory(sibling.resolve("agents"))) {
          String profile = nameOf(sibling).substring(prefix.length());
          homes.add(new OpenClawHome(sibling, profile, config(sibling, null)));
        }
      }
    }
    return homes;
  }

  private static Path config(Path home, @Nullable Path given) {
    return given != null ? given : home.resolve("openclaw.json");
  }

  private static List<Path> children(Path parent, String prefix) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(child -> nameOf(child).startsWith(prefix) && Files.isDirectory(child))
          .sorted()
          .toList();
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
