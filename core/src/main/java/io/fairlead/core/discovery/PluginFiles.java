package io.fairlead.core.discovery;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The files of one isolated plugin. Equal when nothing about them has changed.
 *
 * @param path the JAR, or the directory of JARs
 * @param jars its JARs, by name
 */
record PluginFiles(Path path, List<Jar> jars) {

  PluginFiles {
    jars = List.copyOf(jars);
  }

  /**
   * A JAR as it was when it was looked at.
   *
   * @param path where it lies
   * @param size in bytes
   * @param modified when it was written, in nanoseconds or as finely as the file system knows
   * @param identity of the file behind the name, so that one that was moved in place is another
   */
  record Jar(Path path, long size, String modified, String identity) {

    static Jar of(Path path, BasicFileAttributes attributes) {
      return new Jar(
          path,
          attributes.size(),
          attributes.lastModifiedTime().toString(),
          String.valueOf(attributes.fileKey()));
    }
  }
}
