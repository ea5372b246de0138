package io.fairlead.core.config;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Paths of a document that begin at the user's home. */
public final class UserHome {

  private static final String PREFIX = "~/";

  private UserHome() {}

  /**
   * A path in which a leading {@code ~/} is {@code $HOME}, else the home the system knows.
   *
   * @throws java.nio.file.InvalidPathException when the text is no path
   */
  public static Path expand(String path, Function<String, @Nullable String> environment) {
    if (!path.startsWith(PREFIX)) {
      return Path.of(path);
    }
    String home = environment.apply("HOME");
    return Path.of(
        home == null || home.isBlank() ? System.getProperty("user.home", "") : home,
        path.substring(PREFIX.length()));
  }
}
