package io.fairlead.core.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the test resources. */
public final class Resources {

  private Resources() {}

  /** The files of a directory with an ending, sorted. */
  public static List<Path> list(String directory, String ending) {
    try (Stream<Path> files = Files.list(directory(directory))) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory(String name) {
    try {
      var url = Resources.class.getClassLoader().getResource(name);
      if (url == null) {
        throw new IllegalArgumentException("no resources in " + name);
      }
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
