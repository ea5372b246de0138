package io.fairlead.journal;

import io.fairlead.core.log.LogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The statements of the journal on one connection. Not thread-safe. */
final class JournalStore implements AutoCloseable {

  /** Whose state a row is. */
  enum Owner {
    SOURCE("source_state"),
    SUBSCRIBER("subscriber_state");

    private final String table;

    Owner(String table) {
      this.table = table;
    }
  }

  /** A stored event. */
  record Row(long number, byte[] body) {}

  /** Work that is done wholly or not at all. */
  interface Work {
    void run() throws SQLException;
  }

  private final Connection connection;

  JournalStore(Connection connection) {
    this.connection = connection;
  }

  static JournalStore open(Path file) throws LogException {
    Connection connection = null;
    try {
      connection = JDBC.createConnection("jdbc:sqlite:" + file.toAbsolutePath(), new Properties());
      JournalSchema.prepare(connection, file);
      return new JournalStore(connection);
    } catch (SQLException e) {
      closeQuietly(connection);
      throw new LogException(
          "journal.corrupt",
          file + " cannot be read as a journal (" + reason(e) + "). Move it away to begin afresh.",
          e);
    } catch (LogException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  /** What SQLite calls a failure, without paths or data. */
  static String reason(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return "error " + e.getErrorCode();
    }
    SQLiteErrorCode code = sqlite.getResultCode();
    return code == SQLiteErrorCode.SQLITE_FULL ? "the disk is full" : code.name();
  }

  void transaction(Work work) throws SQLException {
    try {
      work.run();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  /** SQLite has rolled back by itself after some failures; the failure itself is what counts. */
  private void rollBack(Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  void insertAll(long first, List<byte[]> bodies) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO event (number, body) VALUES (?, ?)")) {
      long number = first;
      for (byte[] body : bodies) {
        insert.setLong(1, number++);
        insert.setBytes(2, body);
        insert.executeUpdate();
      }
    }
  }

  /** Events from a number on: at most so many, and no more bytes than given after the first. */
  List<Row> read(long first, int max, long maxBytes) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number, body FROM event WHERE number >= ? ORDER BY number LIMIT ?")) {
      select.setLong(1, first);
      select.setInt(2, max);
      try (ResultSet found = select.executeQuery()) {
        long bytes = 0;
        while (bytes < maxBytes && found.next()) {
          Row row = new Row(found.getLong(1), found.getBytes(2));
          bytes += row.body().length;
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** Number of the event up to which the oldest must go so that so many bytes become free. */
  long lastToFree(long bytes) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT number, LENGTH(body) FROM event ORDER BY number");
        ResultSet found = select.executeQuery()) {
      long freed = 0;
      long last = 0;
      while (freed < bytes && found.next()) {
        last = found.getLong(1);
        freed += found.getLong(2);
      }
      return last;
    }
  }

  long bytesUpTo(long last) throws SQLException {
    return number("SELECT COALESCE(SUM(LENGTH(body)), 0) FROM event WHERE number <= ?", last);
  }

  void deleteUpTo(long last) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM event WHERE number <= ?")) {
      delete.setLong(1, last);
      delete.executeUpdate();
    }
  }

  /** Number of the oldest event, 0 when there is none. */
  long oldest() throws SQLException {
    return number("SELECT COALESCE(MIN(number), 0) FROM event WHERE number > ?", 0);
  }

  /** Number of the newest event there ever was, as far as anybody still depends on it. */
  long newest() throws SQLException {
    return number(
        "SELECT MAX(COALESCE((SELECT MAX(number) FROM event), 0),"
            + " COALESCE((SELECT MAX(position) FROM subscriber), 0), ?)",
        0);
  }

  private long number(String query, long argument) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setLong(1, argument);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  Map<String, Long> positions() throws SQLException {
    Map<String, Long> positions = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT name, position FROM subscriber");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        positions.put(row.getString(1), row.getLong(2));
      }
    }
    return positions;
  }

  void setPosition(String subscriber, long position) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO subscriber (name, position) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET position = excluded.position")) {
      upsert.setString(1, subscriber);
      upsert.setLong(2, position);
      upsert.executeUpdate();
    }
  }

  void forget(String subscriber) throws SQLException {
    for (String delete :
        List.of(
            "DELETE FROM subscriber WHERE name = ?",
            "DELETE FROM subscriber_state WHERE owner = ?")) {
      try (PreparedStatement statement = connection.prepareStatement(delete)) {
        statement.setString(1, subscriber);
        statement.executeUpdate();
      }
    }
  }

  void setState(Owner owner, String name, Map<String, byte @Nullable []> changes)
      throws SQLException {
    for (Map.Entry<String, byte @Nullable []> change : changes.entrySet()) {
      byte[] value = change.getValue();
      String statement =
          value == null
              ? "DELETE FROM " + owner.table + " WHERE owner = ? AND key = ?"
              : "INSERT INTO "
                  + owner.table
                  + " (owner, key, value) VALUES (?, ?, ?)"
                  + " ON CONFLICT (owner, key) DO UPDATE SET value = excluded.value";
      try (PreparedStatement update = connection.prepareStatement(statement)) {
        update.setString(1, name);
        update.setString(2, change.getKey());
        if (value != null) {
          update.setBytes(3, value);
        }
        update.executeUpdate();
      }
    }
  }

  byte @Nullable [] state(Owner owner, String name, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT value FROM " + owner.table + " WHERE owner = ? AND key = ?")) {
      select.setString(1, name);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : null;
      }
    }
  }

  /** Visits keys with a prefix in the order of their UTF-8 bytes. */
  void states(Owner owner, String name, String prefix, BiConsumer<String, byte[]> visitor)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT key, value FROM "
                + owner.table
                + " WHERE owner = ? AND key >= ? ORDER BY key")) {
      select.setString(1, name);
      select.setString(2, prefix);
      try (ResultSet row = select.executeQuery()) {
        while (row.next() && row.getString(1).startsWith(prefix)) {
          visitor.accept(row.getString(1), row.getBytes(2));
        }
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(connection);
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // What was committed is safe; the rest never happened.
    }
  }
}
