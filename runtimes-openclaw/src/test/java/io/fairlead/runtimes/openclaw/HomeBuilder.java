package io.fairlead.runtimes.openclaw;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a home as OpenClaw does: a store in WAL mode that stays open, and transcript files. */
final class HomeBuilder implements AutoCloseable {

  private static final String NAVIGATION =
      "{\"version\":1,\"report\":{\"kind\":\"canonical\"},\"navigation\":{},\"reset\":{},"
          + "\"model\":{},\"modelBytes\":0,\"modelWithoutCheckpointBytes\":0,"
          + "\"withoutCustomDataBytes\":0}";

  final Path home;
  final Path agent;
  final Path store;
  private final Connection connection;

  HomeBuilder(Path home) throws IOException, SQLException {
    this(home, "main");
  }

  HomeBuilder(Path home, String agentId) throws IOException, SQLException {
    this.home = home;
    agent = home.resolve("agents").resolve(agentId);
    store = agent.resolve("agent/openclaw-agent.sqlite");
    Files.createDirectories(agent.resolve("agent"));
    Files.createDirectories(agent.resolve("sessions"));
    connection = DriverManager.getConnection("jdbc:sqlite:" + store);
    execute("PRAGMA journal_mode = wal");
    execute("PRAGMA wal_autocheckpoint = 0");
    execute("PRAGMA user_version = 23");
    execute(
        "ATTACH '"
            + Rig.resource("store/agents/main/agent/openclaw-agent.sqlite")
            + "' AS recorded");
    for (String ddl :
        strings("SELECT sql FROM recorded.sqlite_master WHERE type = 'table' AND sql NOT NULL")) {
      execute(ddl);
    }
    execute(
        "CREATE TABLE transcript_rewrite_watermarks (session_id TEXT NOT NULL PRIMARY KEY,"
            + " generation TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> strings(String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }

  /** Many writes in one transaction. */
  void together(Writes writes) throws Exception {
    execute("BEGIN");
    writes.run();
    execute("COMMIT");
  }

  /** Writes to a home. */
  interface Writes {
    void run() throws Exception;
  }

  HomeBuilder window(
      String id, String key, @Nullable String spawnedBy, @Nullable String previous, long millis)
      throws SQLException {
    update(
        "INSERT OR REPLACE INTO session_nodes (session_key, current_session_id, entry_json,"
            + " updated_at) VALUES (?, ?, '{}', ?)",
        key,
        id,
        millis);
    update(
        "INSERT INTO session_windows (session_id, session_key, spawned_by, previous_session_id,"
            + " reason, created_at, updated_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, 'running')",
        id,
        key,
        spawnedBy,
        previous,
        previous == null ? null : "reset",
        millis,
        millis);
    return this;
  }

  HomeBuilder lines(String session, List<String> lines) throws SQLException {
    for (String line : lines) {
      insert(session, line, null);
    }
    return this;
  }

  HomeBuilder compressedLines(String session, List<String> lines) throws SQLException {
    for (String line : lines) {
      insert(session, null, line);
    }
    return this;
  }

  private void insert(String session, @Nullable String plain, @Nullable String compressed)
      throws SQLException {
    update(
        "INSERT INTO transcript_events (session_id, seq, event_json, created_at, event_zstd,"
            + " event_utf8_bytes, navigation_json) VALUES (?, (SELECT coalesce(max(seq), -1) + 1"
            + " FROM transcript_events WHERE session_id = ?), ?, 0, ?, ?, ?)",
        session,
        session,
        plain,
        compressed == null ? null : zstd(compressed),
        compressed == null ? null : compressed.getBytes(StandardCharsets.UTF_8).length,
        compressed == null ? null : NAVIGATION);
    String line = plain != null ? plain : String.valueOf(compressed);
    String time = Objects.requireNonNull(JsonValue.parse(line)).text("timestamp");
    update(
        "UPDATE session_windows SET updated_at = max(updated_at, ?) WHERE session_id = ?",
        Instant.parse(Objects.requireNonNull(time)).toEpochMilli(),
        session);
  }

  /** Takes a session's lines out of the table. */
  HomeBuilder remove(String session) throws SQLException {
    update("DELETE FROM transcript_events WHERE session_id = ?", session);
    return this;
  }

  HomeBuilder rewrite(String session, String generation, List<String> lines, long millis)
      throws SQLException {
    remove(session);
    update(
        "INSERT OR REPLACE INTO transcript_rewrite_watermarks VALUES (?, ?, ?)",
        session,
        generation,
        millis);
    return lines(session, lines);
  }

  HomeBuilder archive(String session, List<String> lines, long millis) throws SQLException {
    update(
        "INSERT INTO session_transcript_archives (session_id, generation, session_key, reason,"
            + " encoding, archive_blob, archive_sha256, archive_name, created_at) VALUES (?, 'g',"
            + " 'k', 'deleted', 'zstd', ?, ?, ?, ?)",
        session,
        zstd(String.join("\n", lines)),
        "0".repeat(64),
        session,
        millis);
    return this;
  }

  HomeBuilder coldArchive(String session, List<String> lines) throws SQLException, IOException {
    Path cold = agent.resolve("sessions/cold");
    Files.createDirectories(cold);
    Files.write(cold.resolve(session + ".jsonl.zst"), zstd(String.join("\n", lines)));
    update(
        "INSERT INTO session_transcript_cold_archives (session_id, generation, archive_name,"
            + " archive_sha256, event_count, raw_bytes, archive_bytes, last_seq, archived_at,"
            + " storage) VALUES (?, 'g', ?, ?, 1, 0, 0, 1, 0, 'file')",
        session,
        session + ".jsonl.zst",
        "0".repeat(64));
    return this;
  }

  void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  static byte[] zstd(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ZstdCompressor compressor = new ZstdCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(bytes.length)];
    int length = compressor.compress(bytes, 0, bytes.length, out, 0, out.length);
    return Arrays.copyOf(out, length);
  }

  /** Appends to a transcript file. */
  HomeBuilder file(String name, List<String> lines) throws IOException {
    return append(name, String.join("\n", lines) + "\n");
  }

  HomeBuilder append(String name, String text) throws IOException {
    Files.writeString(
        agent.resolve("sessions").resolve(name),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return this;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
