package io.fairlead.cli;

import io.fairlead.spi.config.ConfigNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A private copy of the recordings of the distribution. SQLite puts a file beside a store that it
 * reads; the distribution may lie where it cannot, or where it should not.
 */
final class DemoRecordings implements AutoCloseable {

  /** What a runtime's component needs besides its home, by kind. */
  private static final Map<String, Map<String, ConfigNode>> SETTINGS = settings();

  private final Path copy;

  private DemoRecordings(Path copy) {
    this.copy = copy;
  }

  private static Map<String, Map<String, ConfigNode>> settings() {
    Map<String, Map<String, ConfigNode>> settings = new LinkedHashMap<>();
    // The recordings were made on a machine whose clock showed UTC.
    settings.put("hermes", Map.of("zone", Documents.text("UTC")));
    settings.put("openclaw", Map.of());
    return settings;
  }

  /** Copies the recordings to a directory of their own. */
  static DemoRecordings unpack(Host host) throws IOException, CommandFailure {
    Path installation = host.installation();
    Path recordings = installation == null ? null : installation.resolve("demo");
    if (recordings == null || !Files.isDirectory(recordings)) {
      throw new CommandFailure("the demo's recordings are part of the distribution only");
    }
    Path copy = Files.createTempDirectory("fairlead-demo");
    DemoRecordings unpacked = new DemoRecordings(copy);
    try (Stream<Path> files = Files.walk(recordings)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(recordings.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      unpacked.close();
      throw e;
    }
    return unpacked;
  }

  /** One component for each runtime there are recordings of. */
  List<ConfigNode.Table> components() {
    List<ConfigNode.Table> components = new ArrayList<>();
    SETTINGS.forEach(
        (kind, settings) -> {
          Path home = copy.resolve(kind);
          if (Files.isDirectory(home)) {
            Map<String, ConfigNode> config = new LinkedHashMap<>(settings);
            config.put("home", Documents.text(home.toString()));
            components.add(Documents.component(kind, Documents.table(config)));
          }
        });
    return components;
  }

  /** Removes the copy. */
  @Override
  public synchronized void close() {
    try (Stream<Path> files = Files.walk(copy)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies in the directory for temporary files, which the system clears.
    }
  }
}
