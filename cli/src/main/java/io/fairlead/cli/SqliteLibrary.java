package io.fairlead.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native part of the SQLite driver, unpacked once into the cache directory. Left to itself the
 * driver unpacks it at each start into the directory for temporary files, where it stays for good
 * when the process is killed.
 */
final class SqliteLibrary {

  /** What the driver goes by, when it is set. */
  static final String PATH = "org.sqlite.lib.path";

  private static final String TEMPORARY = "org.sqlite.tmpdir";

  private SqliteLibrary() {}

  /**
   * Makes the driver use the library in a cache directory, which is put there if need be. Where
   * that cannot be, or somebody has said where the library is, the driver does as it always does.
   */
  static void use(Path cache) {
    if (System.getProperty(PATH) != null || System.getProperty(TEMPORARY) != null) {
      return;
    }
    URL bundled = bundled();
    if (bundled == null) {
      return;
    }
    try {
      Path directory = cache.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
      put(
          bundled,
          Files.createDirectories(directory).resolve(LibraryLoaderUtil.getNativeLibName()));
      System.setProperty(PATH, directory.toString());
    } catch (IOException e) {
      // No such directory can be had here.
    }
  }

  private static @Nullable URL bundled() {
    return JDBC.class.getResource(
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName());
  }

  /** Another process may use the file that is there: it is only ever replaced, never written. */
  private static void put(URL bundled, Path file) throws IOException {
    byte[] content;
    try (InputStream in = bundled.openStream()) {
      content = in.readAllBytes();
    }
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Path fresh = Files.createTempFile(file.getParent(), "new", null);
    try {
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
