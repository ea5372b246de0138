package io.fairlead.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Recorded directories among the resources of a test. */
public final class Recordings {

  private Recordings() {}

  /**
   * Where a resource lies on disk.
   *
   * @param test a class of the module that has it
   * @param name its path among the resources, without a slash in front
   */
  public static Path of(Class<?> test, String name) {
    URL url = test.getResource("/" + name);
    if (url == null) {
      throw new IllegalArgumentException("there is no resource " + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the resource " + name + " is not a file", e);
    }
  }

  /** Copies a directory with all it holds; a test may change the copy. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
