package io.fairlead.core.discovery;

import io.fairlead.core.fault.Words;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of plugins: each JAR in it is one, and so is each sub-directory with the JARs right
 * in it. Hidden names and other files are passed over. Links are followed: whoever may put a link
 * here may put a JAR here.
 */
final class PluginDirectory {

  static final int MOST_PLUGINS = 256;
  static final int MOST_JARS = 256;
  static final long MOST_JAR_BYTES = 256L << 20;

  private static final String JAR = ".jar";

  private final List<PluginFiles> plugins = new ArrayList<>();
  private final List<Diagnostic> findings = new ArrayList<>();

  private PluginDirectory() {}

  /** What lies in a directory now. */
  static PluginDirectory read(Path directory) {
    PluginDirectory content = new PluginDirectory();
    for (Path entry : content.list(directory, MOST_PLUGINS)) {
      if (Files.isDirectory(entry)) {
        content.plugin(entry, content.jars(entry));
      } else if (isJar(entry)) {
        content.plugin(entry, List.of(entry));
      }
    }
    return content;
  }

  /** By name. */
  List<PluginFiles> plugins() {
    return plugins;
  }

  /** What cannot be used. */
  List<Diagnostic> findings() {
    return findings;
  }

  private List<Path> jars(Path directory) {
    return list(directory, MOST_JARS).stream().filter(PluginDirectory::isJar).toList();
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(JAR);
  }

  private List<Path> list(Path directory, int most) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> all =
          entries
              .filter(entry -> !entry.getFileName().toString().startsWith("."))
              .sorted()
              .limit(most + 1L)
              .toList();
      if (all.size() <= most) {
        return all;
      }
      findings.add(
          Diagnostic.warning(
                  "plugin.too_many_files",
                  null,
                  "There are more than " + most + " files in " + directory + "; the rest is left.")
              .withHint("Keep plugins alone in that directory."));
      return all.subList(0, most);
    } catch (IOException | UncheckedIOException e) {
      unreadable(directory, e);
    }
    return List.of();
  }

  private void unreadable(Path directory, Exception reason) {
    findings.add(
        Diagnostic.warning(
                "plugin.directory_unreadable",
                null,
                "The plugins in " + directory + " cannot be read: " + Words.of(reason) + ".")
            .withHint("Name another directory with --plugins-dir, or let this user read it."));
  }

  private void plugin(Path path, List<Path> files) {
    if (files.isEmpty()) {
      findings.add(
          Diagnostic.warning(
                  IsolatedPlugin.NO_PROVIDER, null, "There is no JAR in the plugin " + path + ".")
              .withHint("Put the plugin's JARs right into that directory, or remove it."));
      return;
    }
    List<PluginFiles.Jar> jars = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
          refused(file, "it is no file");
          return;
        }
        if (attributes.size() > MOST_JAR_BYTES) {
          refused(file, "it is larger than " + (MOST_JAR_BYTES >> 20) + " MiB");
          return;
        }
        jars.add(PluginFiles.Jar.of(file, attributes));
      } catch (IOException e) {
        refused(file, Words.of(e));
        return;
      }
    }
    plugins.add(new PluginFiles(path, jars));
  }

  private void refused(Path file, String reason) {
    findings.add(IsolatedPlugin.unusable(file, reason));
  }
}
