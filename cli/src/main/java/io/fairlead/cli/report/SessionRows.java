package io.fairlead.cli.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * Sessions in a temporary database, for those that have no room in memory.
 *
 * <p>Its file is SQLite's own kind for this: in the directory for temporary files, for its owner
 * only, and without a name from the moment it is opened, so that nothing is left behind however the
 * process ends. It holds the numbers of a report, no content.
 *
 * <p>A failure, such as a full disk, is thrown as {@link UncheckedIOException}.
 */
final class SessionRows implements AutoCloseable {

  private static final String WITHOUT_NAME = "jdbc:sqlite:";

  private final Connection connection;
  private final PreparedStatement find;
  private final PreparedStatement put;
  private boolean ordered;

  private SessionRows(Connection connection) throws SQLException {
    this.connection = connection;
    execute("PRAGMA journal_mode = OFF");
    execute("PRAGMA synchronous = OFF");
    execute("PRAGMA temp_store = FILE");
    execute(
        "CREATE TABLE session (number INTEGER PRIMARY KEY, key BLOB UNIQUE, begin INTEGER,"
            + " id TEXT, last INTEGER, row BLOB)");
    find = connection.prepareStatement("SELECT row FROM session WHERE key = ?");
    // The number, by which equals are sorted, stays that of the first time.
    put =
        connection.prepareStatement(
            "INSERT INTO session (key, begin, id, last, row) VALUES (?, ?, ?, ?, ?) ON CONFLICT"
                + " (key) DO UPDATE SET begin = excluded.begin, last = excluded.last, row ="
                + " excluded.row");
    connection.setAutoCommit(false);
  }

  static SessionRows open() {
    try {
      return new SessionRows(JDBC.createConnection(WITHOUT_NAME, new Properties()));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** A session that was put, or null. */
  @Nullable SessionTotals find(SessionKey key) {
    try {
      find.setBytes(1, bytes(key.uuid()));
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? SessionCodec.read(row.getBytes(1)) : null;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Puts a session in place of the one of its key. */
  void put(SessionTotals session) {
    try {
      put.setBytes(1, bytes(session.key().uuid()));
      put.setLong(2, session.orderNanos());
      put.setString(3, session.sessionId());
      put.setLong(4, session.lastActivityNanos());
      put.setBytes(5, SessionCodec.write(session));
      put.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Gives the sessions in the order of reports that have anything at or after a moment. */
  void forEach(long sinceNanos, Consumer<SessionTotals> visitor) {
    try {
      if (!ordered) {
        execute("CREATE INDEX by_begin ON session (begin, id IS NULL, id, number)");
        ordered = true;
      }
      try (PreparedStatement all =
          connection.prepareStatement(
              "SELECT row FROM session INDEXED BY by_begin WHERE last >= ?"
                  + " ORDER BY begin, id IS NULL, id, number")) {
        all.setLong(1, sinceNanos);
        try (ResultSet rows = all.executeQuery()) {
          while (rows.next()) {
            visitor.accept(SessionCodec.read(rows.getBytes(1)));
          }
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static byte[] bytes(UUID key) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(key.getMostSignificantBits())
        .putLong(key.getLeastSignificantBits())
        .array();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static UncheckedIOException failed(SQLException e) {
    return new UncheckedIOException(
        "the numbers of so many sessions need room for temporary files: " + e.getMessage(),
        new IOException(e));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing of it is needed any more, and its file has no name.
    }
  }
}
