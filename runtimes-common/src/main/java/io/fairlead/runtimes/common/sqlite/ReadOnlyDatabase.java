package io.fairlead.runtimes.common.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite store of another program, opened so that nothing of it can change: {@code mode=ro}, so
 * neither the main file nor its {@code -wal} is ever written, checkpointed or deleted. Not
 * thread-safe.
 *
 * <p>Every read is a short transaction of its own ({@link #read}), so that the owner's checkpoints
 * are never held up.
 */
public final class ReadOnlyDatabase implements AutoCloseable {

  /** Work inside one read transaction. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T run(ReadOnlyDatabase database) throws SQLException;
  }

  /** Where the header says which journal the store uses; 2 is WAL. */
  private static final int WAL_FLAG = 18;

  private final Path file;
  private final @Nullable Object fileKey;
  private final @Nullable FileTime frozen;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<String, Set<String>> columns = new HashMap<>();

  private ReadOnlyDatabase(
      Path file, @Nullable Object fileKey, @Nullable FileTime frozen, Connection connection) {
    this.file = file;
    this.fileKey = fileKey;
    this.frozen = frozen;
    this.connection = connection;
  }

  /**
   * Opens a store that exists. The file is read at the first query, so a file that is no database
   * fails there.
   *
   * @param busyTimeout how long a read waits for a lock
   */
  public static ReadOnlyDatabase open(Path file, Duration busyTimeout)
      throws SQLException, IOException {
    Object key = identity(file);
    FileTime frozen = isAtRest(file) ? Files.getLastModifiedTime(file) : null;
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", Long.toString(busyTimeout.toMillis()));
    String url = "jdbc:sqlite:file:" + uriPath(file.toAbsolutePath().toString()) + "?mode=ro";
    if (frozen != null) {
      url += "&immutable=1";
    }
    Connection connection = DriverManager.getConnection(url, properties);
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new ReadOnlyDatabase(file, key, frozen, connection);
  }

  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /**
   * Whether a store in WAL mode has no {@code -wal}: nobody has it open, all is in the main file.
   * Read the usual way SQLite would make an empty {@code -wal} of our user's, which its owner may
   * then not be allowed to write; so it is read as it lies, until something changes.
   */
  private static boolean isAtRest(Path file) throws IOException {
    if (Files.exists(wal(file))) {
      return false;
    }
    byte[] header = new byte[WAL_FLAG + 1];
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(header, 0, header.length) == header.length && header[WAL_FLAG] == 2;
    }
  }

  private static Path wal(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** A path as it stands in a SQLite URI: everything that is not plain is percent-encoded. */
  static String uriPath(String path) {
    String slashed = path.replace('\\', '/');
    StringBuilder out = new StringBuilder(slashed.startsWith("/") ? "" : "/");
    for (byte b : slashed.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/-_.~:".indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
      }
    }
    return out.toString();
  }

  /**
   * Whether the store must be opened again: the path leads to another file or to none, or a store
   * that was at rest is in use again. What was read since the last time this was false may then be
   * of two moments.
   */
  public boolean isReplaced() {
    try {
      if (frozen != null
          && (Files.exists(wal(file)) || !frozen.equals(Files.getLastModifiedTime(file)))) {
        return true;
      }
      Object now = identity(file);
      return fileKey != null && !fileKey.equals(now);
    } catch (IOException e) {
      return true;
    }
  }

  /** Runs work in one read transaction: all its queries see the same moment of the store. */
  public <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
    try {
      return work.run(this);
    } finally {
      connection.rollback();
    }
  }

  /**
   * A query prepared once. The caller closes the result set it gets from it, not the statement, and
   * uses it inside {@link #read} only.
   */
  public PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Names of a table's columns in lower case; empty when there is no such table. */
  public Set<String> columns(String table) throws SQLException {
    Set<String> known = columns.get(table);
    if (known != null) {
      return known;
    }
    Set<String> names = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
      while (rows.next()) {
        names.add(rows.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    if (!names.isEmpty()) {
      columns.put(table, names);
    }
    return names;
  }

  /** The column, or {@code NULL} under its name when the table has none such. */
  public String column(String table, String name) throws SQLException {
    return columns(table).contains(name) ? name : "NULL AS " + name;
  }

  /** A number that changes whenever another connection has changed the store. */
  public long dataVersion() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA data_version")) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      statements.clear();
      connection.close();
    } catch (SQLException e) {
      // Nothing was written, so nothing can be lost by a close that fails.
      statements.clear();
    }
  }
}
