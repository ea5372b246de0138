package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.sqlite.ReadOnlyDatabase;
import io.fairlead.runtimes.common.sqlite.StoreAccess;
import io.fairlead.runtimes.common.turns.CountedSums;
import io.fairlead.runtimes.hermes.Rows.Message;
import io.fairlead.runtimes.hermes.Rows.Session;
import io.fairlead.runtimes.hermes.Rows.ToolResult;
import io.fairlead.runtimes.hermes.Rows.Usage;
import io.fairlead.runtimes.hermes.Rows.View;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queries Fairlead puts to {@code state.db}. Each is one short read transaction. */
final class HermesStore implements StoreAccess.Store {

  /** Newest {@code schema_version} whose meaning is known. */
  static final int KNOWN_SCHEMA = 22;

  private static final int ROWS_PER_TRANSACTION = 500;
  private static final int HEAD_BYTES = 8192;
  private static final int TAIL_BYTES = 2048;
  private static final int WHOLE_TEXT = 1 << 20;

  private final ReadOnlyDatabase database;
  private final TextHashes hashes;
  private final StoreChanges changes;
  private final GivenRows given = new GivenRows();

  HermesStore(ReadOnlyDatabase database) {
    this.database = database;
    this.hashes = new TextHashes(database, WHOLE_TEXT);
    this.changes = new StoreChanges(database);
  }

  @Override
  public boolean isReplaced() {
    return database.isReplaced();
  }

  @Override
  public long dataVersion() throws SQLException {
    return database.read(ReadOnlyDatabase::dataVersion);
  }

  /** The store's schema version, 0 when it says none. */
  @Override
  public int schemaVersion() throws SQLException {
    return database.read(
        db -> {
          if (!db.columns("schema_version").contains("version")) {
            return 0;
          }
          try (ResultSet rows =
              db.statement("SELECT max(version) FROM schema_version").executeQuery()) {
            return rows.next() ? rows.getInt(1) : 0;
          }
        });
  }

  /** Whether the tables are there; a store that Hermes is just making has none yet. */
  @Override
  public boolean hasTables() throws SQLException {
    return database.read(
        db ->
            !db.columns("sessions").isEmpty()
                && !db.columns("messages").isEmpty()
                && !db.columns("session_model_usage").isEmpty());
  }

  /** What came since the last look. */
  StoreChanges changes() {
    return changes;
  }

  /** Ids of the sessions a session spawned. */
  List<String> children(String session) throws SQLException {
    return database.read(
        db -> {
          List<String> children = new ArrayList<>();
          if (!db.columns("sessions").contains("parent_session_id")) {
            return children;
          }
          PreparedStatement query =
              db.statement("SELECT id FROM sessions WHERE parent_session_id = ? ORDER BY rowid");
          query.setString(1, session);
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              children.add(rows.getString(1));
            }
          }
          return children;
        });
  }

  /** A session with everything in it, or null when the store has no such session. */
  @Nullable View view(String id) throws SQLException {
    boolean compacted = isCompacted(id);
    List<Message> messages = new ArrayList<>(given(id, compacted));
    while (true) {
      long after = messages.isEmpty() ? -1 : messages.get(messages.size() - 1).id();
      Optional<View> last = database.read(db -> lastPart(db, id, after, compacted, messages));
      if (last.isEmpty() || last.get().messages() == messages) {
        return last.orElse(null);
      }
    }
  }

  /** Tells that the turns of a session up to one were given. */
  void given(View view, long settledNanos) {
    given.remember(view.session().id(), view.messages(), settledNanos);
  }

  /** The rows that are remembered, unless the session was rewritten since. */
  private List<Message> given(String id, boolean compacted) throws SQLException {
    List<Message> rows = given.of(id);
    if (rows.isEmpty()) {
      return rows;
    }
    long last = rows.get(rows.size() - 1).id();
    int count =
        database.read(
            db -> {
              PreparedStatement query =
                  db.statement("SELECT count(*) FROM messages WHERE session_id = ? AND id <= ?");
              query.setString(1, id);
              query.setLong(2, last);
              try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
              }
            });
    if (compacted || count != rows.size()) {
      given.forget(id);
      return List.of();
    }
    return rows;
  }

  /**
   * Reads one page of messages. With the last page it reads session and sums too, in the same
   * transaction, so that sums never run ahead of the rows they are joined with.
   */
  private Optional<View> lastPart(
      ReadOnlyDatabase db, String id, long after, boolean compacted, List<Message> messages)
      throws SQLException {
    int count = readMessages(db, id, after, compacted, messages);
    Session session = session(db, id);
    if (session == null) {
      return Optional.empty();
    }
    boolean complete = count < ROWS_PER_TRANSACTION;
    return Optional.of(
        new View(session, complete ? messages : List.of(), complete ? usage(db, id) : List.of()));
  }

  /** The first bytes of a message's text; null when it has none. */
  byte @Nullable [] text(long messageId, int limit) throws SQLException {
    return bytes("SELECT substr(CAST(content AS BLOB), 1, " + limit, messageId);
  }

  /** A message's {@code tool_calls}, or null. */
  byte @Nullable [] toolCalls(long messageId) throws SQLException {
    return bytes("SELECT (CAST(tool_calls AS BLOB)", messageId);
  }

  private byte @Nullable [] bytes(String select, long messageId) throws SQLException {
    Optional<byte[]> bytes =
        database.read(
            db -> {
              PreparedStatement query = db.statement(select + ") FROM messages WHERE id = ?");
              query.setLong(1, messageId);
              try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
              }
            });
    return bytes.orElse(null);
  }

  private boolean isCompacted(String id) throws SQLException {
    return database.read(
        db -> {
          if (!db.columns("messages").contains("active")) {
            return false;
          }
          PreparedStatement query =
              db.statement("SELECT 1 FROM messages WHERE session_id = ? AND active = 0 LIMIT 1");
          query.setString(1, id);
          try (ResultSet rows = query.executeQuery()) {
            return rows.next();
          }
        });
  }

  private @Nullable Session session(ReadOnlyDatabase db, String id) throws SQLException {
    String sql =
        "SELECT id, started_at, "
            + columns(
                db,
                "sessions",
                "ended_at",
                "model",
                "parent_session_id",
                "billing_provider",
                "billing_base_url")
            + " FROM sessions WHERE id = ?";
    PreparedStatement query = db.statement(sql);
    query.setString(1, id);
    try (ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      return new Session(
          id,
          Rows.nanos(row.getDouble(2)),
          time(row, 3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.getString(7));
    }
  }

  private static String columns(ReadOnlyDatabase db, String table, String... names)
      throws SQLException {
    List<String> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(db.column(table, name));
    }
    return String.join(", ", parts);
  }

  private int readMessages(
      ReadOnlyDatabase db, String id, long after, boolean compacted, List<Message> into)
      throws SQLException {
    // Only the ends of a tool's result are fetched, and no text of an answer unless it must be
    // compared: contents can be huge.
    String sql =
        "SELECT id, role, timestamp, "
            + columns(
                db, "messages", "finish_reason", "tool_call_id", "tool_name", "active", "compacted")
            + ", CASE WHEN tool_calls IS NULL THEN NULL ELSE CAST(tool_calls AS BLOB) END,"
            + " CASE role WHEN 'tool' THEN substr(CAST(content AS BLOB), 1, "
            + HEAD_BYTES
            + ")"
            + " WHEN 'user' THEN substr(CAST(content AS BLOB), 1, 256) END,"
            + " CASE WHEN role = 'tool' AND length(CAST(content AS BLOB)) > "
            + HEAD_BYTES
            + " THEN substr(CAST(content AS BLOB), -"
            + TAIL_BYTES
            + ") END"
            + " FROM messages WHERE session_id = ? AND id > ? ORDER BY id LIMIT "
            + ROWS_PER_TRANSACTION;
    PreparedStatement query = db.statement(sql);
    query.setString(1, id);
    query.setLong(2, after);
    int count = 0;
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        into.add(message(row, compacted));
        count++;
      }
    }
    return count;
  }

  private Message message(ResultSet row, boolean compacted) throws SQLException {
    long id = row.getLong(1);
    String role = Objects.requireNonNullElse(row.getString(2), "");
    boolean user = role.equals("user");
    byte[] head = row.getBytes(10);
    String start = user && head != null ? new String(head, StandardCharsets.UTF_8) : "";
    return new Message(
        id,
        role,
        Rows.nanos(row.getDouble(3)),
        row.getString(4),
        role.equals("assistant") ? RowJson.toolRequests(row.getBytes(9)) : List.of(),
        row.getString(5),
        row.getString(6),
        role.equals("tool") ? RowJson.toolResult(head, row.getBytes(11)) : ToolResult.NOTHING,
        user || (compacted && role.equals("assistant")) ? hashes.of(id) : "",
        user && SyntheticText.is(start),
        SyntheticText.isSummary(start),
        (row.getObject(7) != null && row.getInt(7) == 0) || row.getInt(8) == 1);
  }

  private List<Usage> usage(ReadOnlyDatabase db, String id) throws SQLException {
    String sql =
        "SELECT model, billing_provider, billing_base_url, "
            + columns(
                db,
                "session_model_usage",
                "billing_mode",
                "task",
                "api_call_count",
                "input_tokens",
                "output_tokens",
                "cache_read_tokens",
                "cache_write_tokens",
                "reasoning_tokens",
                "estimated_cost_usd",
                "actual_cost_usd",
                "cost_status",
                "first_seen",
                "last_seen")
            + " FROM session_model_usage WHERE session_id = ? ORDER BY rowid";
    PreparedStatement query = db.statement(sql);
    query.setString(1, id);
    List<Usage> usage = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        usage.add(usage(row));
      }
    }
    return usage;
  }

  private static Usage usage(ResultSet row) throws SQLException {
    String status = row.getString(14);
    BigDecimal actual = Rows.money(row.getDouble(13));
    boolean billed = "actual".equals(status) || actual.signum() > 0;
    CountedSums sums =
        new CountedSums(
            count(row, 6),
            count(row, 7),
            count(row, 8),
            count(row, 9),
            count(row, 10),
            count(row, 11),
            billed ? actual : Rows.money(row.getDouble(12)));
    return new Usage(
        text(row, 1),
        text(row, 2),
        text(row, 3),
        text(row, 4),
        text(row, 5),
        sums,
        billed ? "actual" : status,
        time(row, 15),
        time(row, 16));
  }

  private static long count(ResultSet row, int column) throws SQLException {
    return Math.max(0, row.getLong(column));
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  private static long time(ResultSet row, int column) throws SQLException {
    double seconds = row.getDouble(column);
    return row.wasNull() ? Rows.NO_TIME : Rows.nanos(seconds);
  }

  @Override
  public void close() {
    database.close();
  }
}
