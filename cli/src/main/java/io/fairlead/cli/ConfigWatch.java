package io.fairlead.cli;

import io.fairlead.core.discovery.PluginLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when the files of a configuration, or of its plugins, are no longer what they were. Content
 * decides: a file that is only touched has not changed. A change counts once it has lasted from one
 * look to the next, so that a file is not read while an editor writes it.
 */
final class ConfigWatch {

  /** No document is larger. */
  private static final int MOST_BYTES = 16 << 20;

  private final Supplier<List<Path>> files;
  private final @Nullable Path pluginsDir;
  private final Map<Path, Seen> contents = new HashMap<>();
  private List<Object> settled;
  private List<Object> latest;

  /** A file when it was last read. */
  private record Seen(Stamp stamp, int hash) {}

  /** What tells without reading that a file is the same. */
  private record Stamp(long size, String modified, String identity) {}

  /** A watch; what is there now is what it was. */
  ConfigWatch(Supplier<List<Path>> files, @Nullable Path pluginsDir) {
    this.files = files;
    this.pluginsDir = pluginsDir;
    this.settled = look();
    this.latest = settled;
  }

  /** Looks once. Says whether there is something new, once for each change. */
  boolean changed() {
    List<Object> now = look();
    boolean lasts = now.equals(latest);
    latest = now;
    if (!lasts || now.equals(settled)) {
      return false;
    }
    settled = now;
    return true;
  }

  private List<Object> look() {
    List<Object> all = new ArrayList<>();
    for (Path file : files.get()) {
      all.add(file);
      all.add(hash(file));
    }
    all.add(PluginLibrary.stamp(pluginsDir));
    return all;
  }

  private Object hash(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Stamp stamp =
          new Stamp(
              attributes.size(),
              attributes.lastModifiedTime().toString(),
              String.valueOf(attributes.fileKey()));
      if (!attributes.isRegularFile()) {
        return stamp;
      }
      Seen seen = contents.get(file);
      if (seen == null || !seen.stamp().equals(stamp)) {
        seen = new Seen(stamp, contentHash(file));
        contents.put(file, seen);
      }
      return seen.hash();
    } catch (IOException e) {
      return e.getClass(); // not there, or not to be read
    }
  }

  private static int contentHash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.hashCode(in.readNBytes(MOST_BYTES));
    }
  }
}
