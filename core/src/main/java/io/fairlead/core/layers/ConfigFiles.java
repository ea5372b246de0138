package io.fairlead.core.layers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where configuration files are looked for. A file of the working directory is never among them: a
 * hostile checkout must not send sessions anywhere.
 *
 * @param explicit the file somebody named, which then stands in place of the user's, or null
 * @param user the user's own file, there or not, or null for none
 * @param system the file of the machine, there or not, or null for none; it beats the others
 */
public record ConfigFiles(@Nullable Path explicit, @Nullable Path user, @Nullable Path system) {

  /** No files at all. */
  public static final ConfigFiles NONE = new ConfigFiles(null, null, null);

  /** Names the explicit file. */
  public static final String VARIABLE = "FAIRLEAD_CONFIG";

  private static final String DIRECTORY = "fairlead";

  /** The names of a file in its directory; the first that is there counts. */
  private static final List<String> NAMES = List.of("plugins.toml", "plugins.yaml", "plugins.yml");

  /**
   * The places of this machine: {@code FAIRLEAD_CONFIG}, else {@code
   * $XDG_CONFIG_HOME/fairlead/plugins.toml} ({@code ~/.config}), and the system's file. Where there
   * is no {@code plugins.toml}, a {@code plugins.yaml} or {@code plugins.yml} is read.
   */
  public static ConfigFiles standard(Function<String, @Nullable String> environment) {
    String explicit = given(environment, VARIABLE);
    return new ConfigFiles(
        explicit == null ? null : Path.of(explicit), userFile(environment), system(environment));
  }

  /**
   * The file of this machine: {@code /etc/fairlead/plugins.toml}, on Windows {@code
   * %ProgramData%\fairlead\plugins.toml}.
   */
  public static Path system(Function<String, @Nullable String> environment) {
    return system(environment, File.separatorChar == '\\');
  }

  static Path system(Function<String, @Nullable String> environment, boolean windows) {
    if (!windows) {
      return inDirectory(Path.of("/etc", DIRECTORY));
    }
    String programData = given(environment, "ProgramData");
    return inDirectory(Path.of(programData == null ? "C:\\ProgramData" : programData, DIRECTORY));
  }

  /** The user's file in a directory of configurations such as {@code ~/.config}. */
  public static Path user(Path configurations) {
    return inDirectory(configurations.resolve(DIRECTORY));
  }

  private static Path inDirectory(Path directory) {
    for (String name : NAMES) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    return directory.resolve(NAMES.get(0));
  }

  /** The same places with a file somebody named; null leaves them as they are. */
  public ConfigFiles withExplicit(@Nullable Path file) {
    return file == null ? this : new ConfigFiles(file, user, system);
  }

  /** The same places without the file of the machine. */
  public ConfigFiles withoutSystem() {
    return new ConfigFiles(explicit, user, null);
  }

  /** The files that count, there or not, the weakest first. */
  public List<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    Path first = explicit != null ? explicit : user;
    if (first != null) {
      candidates.add(first);
    }
    if (system != null) {
      candidates.add(system);
    }
    return List.copyOf(candidates);
  }

  /** Relative values of the XDG variables are ignored, as their specification asks. */
  private static Path userFile(Function<String, @Nullable String> environment) {
    String base = given(environment, "XDG_CONFIG_HOME");
    if (base != null && Path.of(base).isAbsolute()) {
      return user(Path.of(base));
    }
    String home = given(environment, "HOME");
    return user(Path.of(home == null ? System.getProperty("user.home", "") : home, ".config"));
  }

  private static @Nullable String given(
      Function<String, @Nullable String> environment, String name) {
    String value = environment.apply(name);
    return value == null || value.isBlank() ? null : value;
  }
}
