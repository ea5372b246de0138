package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.common.sqlite.ReadOnlyDatabase;
import io.fairlead.runtimes.common.sqlite.StoreAccess;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The queries Fairlead puts to an agent's store. Each is one short read transaction. */
final class AgentStore implements StoreAccess.Store {

  /** Newest {@code user_version} whose meaning is known. */
  static final int KNOWN_SCHEMA = 23;

  private static final int ROWS_PER_TRANSACTION = 200;
  private static final int BYTES_PER_TRANSACTION = 2 << 20;
  private static final String EVENTS = "transcript_events";
  private static final String WATERMARKS = "transcript_rewrite_watermarks";
  private static final String WINDOWS = "session_windows";
  private static final String NODES = "session_nodes";

  /** Tables in which the transcripts of sessions are, in the order they are looked for. */
  enum Place {
    LIVE(EVENTS),
    COLD("session_transcript_cold_archives"),
    ARCHIVED("session_transcript_archives");

    private final String table;

    Place(String table) {
      this.table = table;
    }

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final ReadOnlyDatabase database;
  private final Set<String> tables = new HashSet<>();

  AgentStore(ReadOnlyDatabase database) {
    this.database = database;
  }

  @Override
  public boolean isReplaced() {
    return database.isReplaced();
  }

  @Override
  public long dataVersion() throws SQLException {
    return database.read(ReadOnlyDatabase::dataVersion);
  }

  @Override
  public int schemaVersion() throws SQLException {
    return (int) number("PRAGMA user_version");
  }

  @Override
  public boolean hasTables() throws SQLException {
    return database.read(db -> db.columns(EVENTS).contains("event_json"));
  }

  private long number(String sql) throws SQLException {
    return database.read(
        db -> {
          try (ResultSet rows = db.statement(sql).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
          }
        });
  }

  /** The newest row of a table, 0 when it is empty or missing. */
  long last(Place place) throws SQLException {
    return has(place.table) ? number("SELECT max(rowid) FROM " + place.table) : 0;
  }

  private boolean has(String table) throws SQLException {
    if (tables.contains(table)) {
      return true;
    }
    boolean there = database.read(db -> !db.columns(table).isEmpty());
    if (there) {
      tables.add(table);
    }
    return there;
  }

  /** A page of rows and the sessions they belong to. */
  record Page(long last, int rows, Set<String> sessions) {}

  /** The sessions of the rows after a row. */
  Page after(Place place, long row, int limit) throws SQLException {
    if (!has(place.table)) {
      return new Page(row, 0, Set.of());
    }
    return database.read(
        db -> {
          PreparedStatement query =
              db.statement(
                  "SELECT rowid, session_id FROM "
                      + place.table
                      + " WHERE rowid > ? ORDER BY rowid LIMIT ?");
          query.setLong(1, row);
          query.setInt(2, limit);
          Set<String> sessions = new LinkedHashSet<>();
          long last = row;
          int count = 0;
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              last = rows.getLong(1);
              sessions.add(rows.getString(2));
              count++;
            }
          }
          return new Page(last, count, sessions);
        });
  }

  /** Tables with a time of the last change of a session. */
  enum Times {
    /** Rows of a session were written anew. */
    REWRITTEN(WATERMARKS),
    /** Anything of a session was changed: row ids are used again, so they alone do not tell. */
    UPDATED(WINDOWS);

    private final String table;

    Times(String table) {
      this.table = table;
    }

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Sessions that were changed after a time, and the latest such time. */
  record Updates(long latestMillis, Set<String> sessions) {}

  Updates since(Times times, long millis) throws SQLException {
    if (!has(times.table)) {
      return new Updates(millis, Set.of());
    }
    return database.read(
        db -> {
          PreparedStatement query =
              db.statement(
                  "SELECT session_id, updated_at FROM " + times.table + " WHERE updated_at > ?");
          query.setLong(1, millis);
          Set<String> sessions = new LinkedHashSet<>();
          long latest = millis;
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              sessions.add(rows.getString(1));
              latest = Math.max(latest, rows.getLong(2));
            }
          }
          return new Updates(latest, sessions);
        });
  }

  /** The latest time of a change, 0 when there was none. */
  long latest(Times times) throws SQLException {
    return has(times.table) ? number("SELECT max(updated_at) FROM " + times.table) : 0;
  }

  /** What is kept of a session, or null when the store does not know it. */
  @Nullable SessionInfo info(String sessionId) throws SQLException {
    if (!has(WINDOWS)) {
      return null;
    }
    return database
        .read(
            db -> {
              PreparedStatement query = db.statement(infoQuery(db));
              query.setString(1, sessionId);
              try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(info(row)) : Optional.<SessionInfo>empty();
              }
            })
        .orElse(null);
  }

  private static String infoQuery(ReadOnlyDatabase db) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (String name :
        List.of(
            "session_key",
            "spawned_by",
            "parent_session_key",
            "previous_session_id",
            "reason",
            "created_at",
            "status",
            "ended_at",
            "updated_at",
            "transcript_updated_at")) {
      columns.add(db.column(WINDOWS, name));
    }
    return "SELECT " + String.join(", ", columns) + " FROM " + WINDOWS + " WHERE session_id = ?";
  }

  private static SessionInfo info(ResultSet row) throws SQLException {
    String spawnedBy = row.getString("spawned_by");
    String reason = row.getString("reason");
    return new SessionInfo(
        row.getString("session_key"),
        spawnedBy != null ? spawnedBy : row.getString("parent_session_key"),
        // A fork leaves the session it was made from as it is.
        "fork".equals(reason) ? null : row.getString("previous_session_id"),
        time(row, "created_at"),
        row.getString("status"),
        time(row, "ended_at"),
        Math.max(time(row, "updated_at"), time(row, "transcript_updated_at")));
  }

  private static long time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Row.NO_TIME : RowReader.millis(millis);
  }

  /** The session a key stands for now, or null. */
  @Nullable String sessionOf(String key) throws SQLException {
    if (!has(NODES)) {
      return null;
    }
    return text("SELECT current_session_id FROM " + NODES + " WHERE session_key = ?", key);
  }

  /** Changes whenever rows of a session were rewritten; empty while none was. */
  String generation(String sessionId) throws SQLException {
    if (!has(WATERMARKS)) {
      return "";
    }
    String text = text("SELECT generation FROM " + WATERMARKS + " WHERE session_id = ?", sessionId);
    return text == null ? "" : text;
  }

  private @Nullable String text(String sql, String parameter) throws SQLException {
    return database
        .read(
            db -> {
              PreparedStatement query = db.statement(sql);
              query.setString(1, parameter);
              try (ResultSet row = query.executeQuery()) {
                return row.next()
                    ? Optional.ofNullable(row.getString(1))
                    : Optional.<String>empty();
              }
            })
        .orElse(null);
  }

  /**
   * A row of {@code transcript_events}.
   *
   * @param json its text, or null when it was compressed and cannot be read
   */
  record Line(long seq, @Nullable String json) {}

  /** The next rows of a session, as many as a short transaction gives; empty at the end. */
  List<Line> lines(String sessionId, long afterSeq) throws SQLException {
    return database.read(
        db -> {
          PreparedStatement query =
              db.statement(
                  "SELECT seq, event_json, "
                      + db.column(EVENTS, "event_zstd")
                      + ", "
                      + db.column(EVENTS, "event_utf8_bytes")
                      + " FROM transcript_events WHERE session_id = ? AND seq > ? ORDER BY seq"
                      + " LIMIT ?");
          query.setString(1, sessionId);
          query.setLong(2, afterSeq);
          query.setInt(3, ROWS_PER_TRANSACTION);
          List<Line> lines = new ArrayList<>();
          long bytes = 0;
          try (ResultSet row = query.executeQuery()) {
            while (bytes < BYTES_PER_TRANSACTION && row.next()) {
              String json = row.getString(2);
              byte[] zstd = row.getBytes(3);
              String text = zstd == null ? json : Zstd.row(zstd, row.getInt(4));
              lines.add(new Line(row.getLong(1), text));
              bytes += text == null ? 0 : text.length();
            }
          }
          return lines;
        });
  }

  /**
   * A transcript that was put away whole.
   *
   * @param fileName of the file it is in when there is no content, always compressed
   * @param content its lines, or null
   */
  record Archive(@Nullable String fileName, @Nullable InputStream content) {}

  /** The newest archive of a session, or null. */
  @Nullable Archive archive(Place place, String sessionId) throws SQLException {
    if (place == Place.LIVE || !has(place.table)) {
      return null;
    }
    String columns =
        place == Place.COLD
            ? "archive_name, archive_blob, 'zstd' FROM " + place.table
            : "NULL, archive_blob, encoding FROM " + place.table;
    String order = place == Place.COLD ? "" : " ORDER BY created_at DESC LIMIT 1";
    return database
        .read(
            db -> {
              PreparedStatement query =
                  db.statement("SELECT " + columns + " WHERE session_id = ?" + order);
              query.setString(1, sessionId);
              try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(archive(row)) : Optional.<Archive>empty();
              }
            })
        .orElse(null);
  }

  private static Archive archive(ResultSet row) throws SQLException {
    byte[] bytes = row.getBytes(2);
    boolean compressed = "zstd".equals(row.getString(3));
    return new Archive(row.getString(1), bytes == null ? null : Zstd.stream(bytes, compressed));
  }

  /** When a session was deleted or reset, or {@link Row#NO_TIME}. */
  long archivedNanos(String sessionId) throws SQLException {
    if (!has(Place.ARCHIVED.table)) {
      return Row.NO_TIME;
    }
    return database.read(
        db -> {
          PreparedStatement query =
              db.statement(
                  "SELECT max(created_at) AS at FROM "
                      + Place.ARCHIVED.table
                      + " WHERE session_id = ?");
          query.setString(1, sessionId);
          try (ResultSet row = query.executeQuery()) {
            return row.next() ? time(row, "at") : Row.NO_TIME;
          }
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
