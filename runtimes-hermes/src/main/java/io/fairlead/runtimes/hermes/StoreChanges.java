package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.sqlite.ReadOnlyDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the sessions in which something happened. Each query is one short read transaction. */
final class StoreChanges {

  private static final int USAGE_ROWS_PER_TRANSACTION = 10_000;

  private final ReadOnlyDatabase database;

  StoreChanges(ReadOnlyDatabase database) {
    this.database = database;
  }

  /** Ids of a page of rows and the sessions they belong to. */
  record Page(long last, int rows, Set<String> sessions) {}

  /** The sessions of the messages after an id. */
  Page messagesAfter(long id, int limit) throws SQLException {
    return page("SELECT id, session_id FROM messages WHERE id > ? ORDER BY id LIMIT ?", id, limit);
  }

  /** The sessions of the usage rows after a row id. */
  Page usageAfter(long rowId, int limit) throws SQLException {
    return page(
        "SELECT rowid, session_id FROM session_model_usage WHERE rowid > ? ORDER BY rowid LIMIT ?",
        rowId,
        limit);
  }

  /** Sessions whose usage was updated at or after a time, and the latest such time. */
  record Updates(double latest, Set<String> sessions) {
    Updates and(Updates other) {
      Set<String> both = new LinkedHashSet<>(sessions);
      both.addAll(other.sessions);
      return new Updates(Math.max(latest, other.latest), both);
    }
  }

  /** Looks through all usage rows, in pieces: there is no index on times. */
  Updates usageSince(double seconds) throws SQLException {
    long rows = lastUsageRow();
    Updates all = new Updates(seconds, new LinkedHashSet<>());
    for (long from = 0; from <= rows; from += USAGE_ROWS_PER_TRANSACTION) {
      all = all.and(usageSince(seconds, from, from + USAGE_ROWS_PER_TRANSACTION));
    }
    return all;
  }

  /** Looks through the newest usage rows only. */
  Updates newestUsageSince(double seconds) throws SQLException {
    long rows = lastUsageRow();
    return usageSince(seconds, rows - USAGE_ROWS_PER_TRANSACTION, rows + 1);
  }

  /** Whether the newest rows are all there are. */
  boolean hasFewUsageRows() throws SQLException {
    return lastUsageRow() < USAGE_ROWS_PER_TRANSACTION;
  }

  private long lastUsageRow() throws SQLException {
    return database.read(
        db -> {
          try (ResultSet rows =
              db.statement("SELECT max(rowid) FROM session_model_usage").executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
          }
        });
  }

  private Updates usageSince(double seconds, long from, long to) throws SQLException {
    return database.read(
        db -> {
          Set<String> sessions = new LinkedHashSet<>();
          double latest = seconds;
          PreparedStatement query =
              db.statement(
                  "SELECT session_id, last_seen FROM session_model_usage"
                      + " WHERE rowid >= ? AND rowid < ? AND last_seen >= ?");
          query.setLong(1, from);
          query.setLong(2, to);
          query.setDouble(3, seconds);
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              sessions.add(rows.getString(1));
              latest = Math.max(latest, rows.getDouble(2));
            }
          }
          return new Updates(latest, sessions);
        });
  }

  /** When usage was last updated, in seconds; 0 when there is none. */
  double lastUsage() throws SQLException {
    return database.read(
        db -> {
          try (ResultSet rows =
              db.statement("SELECT max(last_seen) FROM session_model_usage").executeQuery()) {
            return rows.next() ? rows.getDouble(1) : 0;
          }
        });
  }

  private Page page(String sql, long after, int limit) throws SQLException {
    return database.read(
        db -> {
          Set<String> sessions = new LinkedHashSet<>();
          long last = after;
          int count = 0;
          PreparedStatement query = db.statement(sql);
          query.setLong(1, after);
          query.setInt(2, limit);
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              last = rows.getLong(1);
              count++;
              String session = rows.getString(2);
              if (session != null) {
                sessions.add(session);
              }
            }
          }
          return new Page(last, count, sessions);
        });
  }

  /** Highest id given to a message, 0 when there is none. */
  long lastMessage() throws SQLException {
    return database.read(
        db -> {
          try (ResultSet rows = db.statement("SELECT max(id) FROM messages").executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
          }
        });
  }
}
