package io.fairlead.journal;

import io.fairlead.core.log.LogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the journal, and whether a file has them. */
final class JournalSchema {

  /** "FLJ1": marks the file as ours. */
  private static final int APPLICATION_ID = 0x464C4A31;

  /** Rises with each change that an older program cannot read. */
  private static final int VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE event (number INTEGER PRIMARY KEY, body BLOB NOT NULL)",
          "CREATE TABLE subscriber (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT"
              + " ROWID",
          "CREATE TABLE source_state (owner TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,"
              + " PRIMARY KEY (owner, key)) WITHOUT ROWID",
          "CREATE TABLE subscriber_state (owner TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT"
              + " NULL, PRIMARY KEY (owner, key)) WITHOUT ROWID",
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + VERSION);

  /**
   * With a write-ahead log a commit survives a kill of the process without waiting for the disk;
   * the file is consistent after a power loss too, which may cost the latest commits.
   */
  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA locking_mode = EXCLUSIVE",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = NORMAL",
          "PRAGMA journal_size_limit = 16777216");

  private JournalSchema() {}

  /** Makes the tables of an empty file, or checks those that are there. */
  static void prepare(Connection connection, Path file) throws SQLException, LogException {
    try (Statement statement = connection.createStatement()) {
      int application = number(statement, "PRAGMA application_id");
      int version = number(statement, "PRAGMA user_version");
      boolean empty = number(statement, "SELECT COUNT(*) FROM sqlite_schema") == 0;
      if (!empty && application != APPLICATION_ID) {
        throw new LogException(
            "journal.corrupt", file + " is not a journal of this program; nothing was changed.");
      }
      if (version > VERSION) {
        throw new LogException(
            "journal.newer_version",
            file + " was written by a newer version of this program; nothing was changed.");
      }
      for (String setting : SETTINGS) {
        statement.execute(setting);
      }
      if (empty) {
        connection.setAutoCommit(false);
        for (String table : TABLES) {
          statement.execute(table);
        }
        connection.commit();
      }
    }
    connection.setAutoCommit(false);
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
