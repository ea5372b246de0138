package io.fairlead.runtimes.hermes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes stores the way Hermes does: WAL mode, one small transaction after another. */
final class StoreBuilder implements AutoCloseable {

  private final Connection connection;

  /** A store with the recorded tables and nothing in them. */
  StoreBuilder(Path home) throws SQLException, IOException {
    Files.createDirectories(home);
    connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("state.db"));
    execute("PRAGMA journal_mode=WAL");
    execute("ATTACH '" + Rig.resource("home/state.db") + "' AS recorded");
    for (String table : List.of("schema_version", "sessions", "messages", "session_model_usage")) {
      try (PreparedStatement ddl =
          connection.prepareStatement("SELECT sql FROM recorded.sqlite_master WHERE name = ?")) {
        ddl.setString(1, table);
        try (ResultSet row = ddl.executeQuery()) {
          row.next();
          execute(row.getString(1));
        }
      }
    }
    execute("INSERT INTO schema_version VALUES (22)");
    execute("CREATE INDEX idx_messages_session ON messages(session_id, timestamp)");
    execute("CREATE INDEX idx_sessions_parent ON sessions(parent_session_id)");
    execute("CREATE INDEX idx_usage_session ON session_model_usage(session_id)");
  }

  private StoreBuilder(Connection connection) {
    this.connection = connection;
  }

  /** The store that is there, as a Hermes that starts again opens it. */
  static StoreBuilder reopen(Path home) throws SQLException {
    return new StoreBuilder(DriverManager.getConnection("jdbc:sqlite:" + home.resolve("state.db")));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> strings(String sql) throws SQLException {
    List<String> result = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        result.add(rows.getString(1));
      }
    }
    return result;
  }

  Connection connection() {
    return connection;
  }

  void session(String id, double started) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sessions (id, source, model, started_at, billing_provider,"
                + " billing_base_url) VALUES (?, 'cli', 'm1', ?, 'custom', 'http://h:1/v1')")) {
      insert.setString(1, id);
      insert.setDouble(2, started);
      insert.execute();
    }
  }

  void message(
      String session,
      String role,
      double time,
      @Nullable Object content,
      @Nullable String finish,
      @Nullable String toolCallId,
      @Nullable String toolCalls)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO messages (session_id, role, timestamp, content, finish_reason,"
                + " tool_call_id, tool_calls) VALUES (?,?,?,?,?,?,?)")) {
      insert.setString(1, session);
      insert.setString(2, role);
      insert.setDouble(3, time);
      insert.setObject(4, content);
      insert.setString(5, finish);
      insert.setString(6, toolCallId);
      insert.setString(7, toolCalls);
      insert.execute();
    }
  }

  /** A question and its answer. */
  void turn(String session, double time, String text) throws SQLException {
    message(session, "user", time, text, null, null, null);
    message(session, "assistant", time + 1, "Fine.", "stop", null, null);
  }

  void usage(String session, int calls, int input, int output, double time) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO session_model_usage (session_id, model, billing_provider,"
                + " billing_base_url, api_call_count, input_tokens, output_tokens,"
                + " estimated_cost_usd, cost_status, first_seen, last_seen)"
                + " VALUES (?, 'm1', 'custom', 'http://h:1/v1', ?, ?, ?, ?, 'estimated', ?, ?)")) {
      insert.setString(1, session);
      insert.setInt(2, calls);
      insert.setInt(3, input);
      insert.setInt(4, output);
      insert.setDouble(5, (input + output) * 1e-6);
      insert.setDouble(6, time);
      insert.setDouble(7, time);
      insert.execute();
    }
  }

  static String toolCall(String id, String name) {
    return "[{\"id\": \""
        + id
        + "\", \"function\": {\"name\": \""
        + name
        + "\", \"arguments\": \"{}\"}}]";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
