package io.fairlead.runtimes.hermes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.testkit.RecordingSink.SimulatedCrash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingHomeTest {

  @TempDir Path dir;

  @Test
  void aStoreThatGrowsRowByRowGivesWhatItGivesAtOnce() throws Exception {
    Rig once = Rig.onCopyOf("home", dir.resolve("once")).without("log").run();
    Rig live = live(dir.resolve("live"));
    grow(live, 0);
    assertThat(scopes(live)).isEqualTo(scopes(once));
    assertThat(Tally.of(live.events()).toString()).isEqualTo(Tally.of(once.events()).toString());
  }

  @Test
  void aRunKilledAtAnyCommitGoesOnWithoutLossOrRepetition() throws Exception {
    Rig whole = live(dir.resolve("whole"));
    grow(whole, 0);
    assertThat(whole.sink.commits()).isGreaterThan(40);
    for (int kill = 1; kill <= whole.sink.commits(); kill += 3) {
      Rig killed = live(dir.resolve("killed" + kill));
      grow(killed, kill);
      assertThat(scopes(killed)).as("killed at commit %s", kill).isEqualTo(scopes(whole));
      assertThat(Tally.of(killed.events()).toString())
          .as("killed at commit %s", kill)
          .isEqualTo(Tally.of(whole.events()).toString());
    }
  }

  private Rig live(Path home) {
    Rig rig = new Rig(home).without("log").set("backfill", "all");
    rig.readsEverything = false;
    return rig;
  }

  /** Copies the recorded store row by row with a look after each, killing the run on the way. */
  private static void grow(Rig rig, int killAt) throws Exception {
    if (killAt > 0) {
      rig.sink.crashAtCommit(killAt);
    }
    RuntimeAdapter adapter = null;
    try (StoreBuilder store = new StoreBuilder(rig.home)) {
      adapter = rig.adapter();
      List<String> ids = store.strings("SELECT id FROM recorded.messages ORDER BY id");
      for (String id : ids) {
        String session = "(SELECT session_id FROM recorded.messages WHERE id = " + id + ")";
        store.execute(
            "INSERT OR IGNORE INTO sessions SELECT * FROM recorded.sessions WHERE id = " + session);
        store.execute(
            "INSERT OR IGNORE INTO session_model_usage SELECT * FROM recorded.session_model_usage"
                + " WHERE session_id = "
                + session
                + " AND last_seen <= (SELECT timestamp FROM recorded.messages WHERE id = "
                + id
                + ")");
        store.execute("INSERT INTO messages SELECT * FROM recorded.messages WHERE id = " + id);
        store.execute(
            "UPDATE sessions SET ended_at = (SELECT CASE WHEN EXISTS (SELECT 1 FROM"
                + " recorded.messages m WHERE m.session_id = sessions.id AND m.id > "
                + id
                + ") THEN NULL ELSE r.ended_at END FROM recorded.sessions r"
                + " WHERE r.id = sessions.id)");
        adapter = look(rig, adapter);
      }
      store.execute(
          "INSERT OR IGNORE INTO session_model_usage SELECT * FROM recorded.session_model_usage");
      for (int i = 0; i < 4; i++) {
        adapter = look(rig, adapter);
      }
    } finally {
      if (adapter != null) {
        adapter.close();
      }
    }
  }

  private static RuntimeAdapter look(Rig rig, RuntimeAdapter adapter) throws Exception {
    try {
      rig.drain(adapter);
      return adapter;
    } catch (SimulatedCrash e) {
      adapter.close();
      RuntimeAdapter next = rig.adapter();
      rig.drain(next);
      return next;
    }
  }

  /** Ids, parents and times of every scope; facts known only in sum depend on when one looks. */
  static Map<String, String> scopes(Rig rig) {
    Map<String, String> scopes = new TreeMap<>();
    for (Event event : rig.events()) {
      if (event instanceof ScopeEnd end) {
        String facts =
            end.header().parentUuid()
                + " "
                + end.start().header().timeNanos()
                + " "
                + end.header().timeNanos()
                + " "
                + end.outcome();
        assertThat(scopes.put(end.header().uuid().toString(), facts)).as("given once").isNull();
      }
    }
    return scopes;
  }

  @Test
  void aRunStartsAtNow() throws Exception {
    Path home = dir.resolve("now");
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.session("s1", 1000);
      store.turn("s1", 1001, "old");
      store.usage("s1", 1, 100, 10, 1002);
      Rig rig = new Rig(home).without("log");
      rig.readsEverything = false;
      rig.clock.set(Instant.ofEpochSecond(2000));
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        assertThat(rig.events()).isEmpty();
        rig.clock.set(Instant.ofEpochSecond(2010));
        store.turn("s1", 2005, "new");
        store.usage("s1", 2, 150, 17, 2006);
        rig.lookThrice(adapter);
      }
      assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1);
      assertThat(Tally.of(rig.events()))
          .hasToString(
              "{s1 m1=1 calls 0 failed 50/7 read 0 write 0 " + "reasoning 0 cost 0.000057}");
    }
  }

  @Test
  void aSumThatBecameSmallerIsCountedAnew() throws Exception {
    Path home = dir.resolve("restarted");
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.session("s1", 1000);
      store.turn("s1", 1001, "one");
      store.usage("s1", 1, 100, 10, 1002);
      Rig rig = new Rig(home).without("log");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        assertThat(rig.diagnostics.codes()).isEmpty();
        store.turn("s1", 1010, "two");
        store.usage("s1", 1, 40, 4, 1011);
        rig.lookThrice(adapter);
      }
      assertThat(rig.diagnostics.codes()).containsExactly("hermes.sums_restarted");
      assertThat(Tally.of(rig.events()).toString()).contains("2 calls 0 failed 140/14");
    }
  }

  @Test
  void compactionWritesNothingTwice() throws Exception {
    Path home = dir.resolve("compacted");
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.session("s1", 1000);
      store.turn("s1", 1001, "one");
      store.message("s1", "user", 1010, "two", null, null, null);
      store.message(
          "s1", "assistant", 1011, "", "tool_calls", null, StoreBuilder.toolCall("c1", "t"));
      store.message("s1", "tool", 1012, "{\"ok\": true}", null, "c1", null);
      store.message("s1", "assistant", 1013, "Fine.", "stop", null, null);
      Rig before = new Rig(home).without("log").run();
      store.execute("UPDATE messages SET active = 0, compacted = 1");
      store.message("s1", "user", 1020, "[CONTEXT COMPACTION] so far", null, null, null);
      store.message("s1", "user", 1020.1, "two", null, null, null);
      store.message(
          "s1", "assistant", 1020.2, "", "tool_calls", null, StoreBuilder.toolCall("c1", "t"));
      store.message("s1", "tool", 1020.3, "{\"ok\": true}", null, "c1", null);
      store.message("s1", "assistant", 1020.4, "Fine.", "stop", null, null);
      store.turn("s1", 1030, "three");
      Rig after = new Rig(home).without("log").run();
      assertThat(before.ends(ScopeCategory.AGENT)).hasSize(2);
      assertThat(after.ends(ScopeCategory.AGENT)).hasSize(3);
      assertThat(after.ends(ScopeCategory.TOOL)).hasSize(1);
      assertThat(after.ends(ScopeCategory.LLM)).hasSize(4);
      assertThat(after.ends(ScopeCategory.AGENT).map(end -> end.header().uuid()))
          .containsAll(before.ends(ScopeCategory.AGENT).map(end -> end.header().uuid()).toList());
    }
  }

  @Test
  void newerStoresWithOtherColumnsAreReadByName() throws Exception {
    Path home = dir.resolve("newer");
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.execute("UPDATE schema_version SET version = 31");
      store.execute("ALTER TABLE messages ADD COLUMN mood TEXT");
      store.execute("ALTER TABLE messages DROP COLUMN tool_name");
      store.execute("ALTER TABLE session_model_usage DROP COLUMN reasoning_tokens");
      store.session("s1", 1000);
      store.turn("s1", 1001, "hello");
      store.usage("s1", 1, 100, 10, 1002);
      Rig rig = new Rig(home).without("log").run();
      assertThat(Tally.of(rig.events()).toString()).contains("1 calls 0 failed 100/10");
      assertThat(rig.diagnostics.codes()).containsExactly("hermes.schema_newer");
    }
  }

  @Test
  void textThatIsNoUtf8IsReadAllTheSame() throws Exception {
    Path home = dir.resolve("bytes");
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.session("s1", 1000);
      store.message("s1", "user", 1001, "x", null, null, null);
      store.execute("UPDATE messages SET content = CAST(x'ff80fe' AS TEXT)");
      store.message("s1", "assistant", 1002, "y", "stop", null, null);
      Rig rig = new Rig(home).without("log").run();
      assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1);
    }
  }

  @Test
  void aLockedStoreIsReadLater() throws Exception {
    Path home = dir.resolve("locked");
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.session("s1", 1000);
      store.turn("s1", 1001, "hello");
    }
    Rig rig = new Rig(home).without("log");
    try (Connection owner = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("state.db"));
        Statement statement = owner.createStatement()) {
      statement.execute("PRAGMA journal_mode=DELETE");
      statement.execute("BEGIN EXCLUSIVE");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.drain(adapter);
        assertThat(rig.events()).isEmpty();
        assertThat(rig.diagnostics.codes()).containsExactly("hermes.store_locked");
        statement.execute("ROLLBACK");
        rig.drain(adapter);
        assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1);
      }
    }
  }

  @Test
  void aFileThatIsNoStoreIsSaidOnce() throws Exception {
    Path home = Files.createDirectories(dir.resolve("garbage"));
    Files.writeString(home.resolve("state.db"), "not a database ".repeat(400));
    Rig rig = new Rig(home);
    try (RuntimeAdapter adapter = rig.adapter()) {
      rig.drain(adapter);
      rig.drain(adapter);
    }
    assertThat(rig.diagnostics.codes()).containsExactly("hermes.store_unreadable");
  }

  @Test
  void aHomeThatIsNotThereIsSaidAndLookedForAgain() throws Exception {
    Rig rig = new Rig(dir.resolve("later"));
    try (RuntimeAdapter adapter = rig.adapter()) {
      rig.drain(adapter);
      assertThat(rig.diagnostics.codes()).containsExactly("hermes.home_missing");
      Rig.copy(Rig.resource("home"), rig.home);
      rig.drain(adapter);
      assertThat(rig.ends(ScopeCategory.AGENT).count()).isGreaterThan(10);
    }
  }

  @Test
  void aReplacedStoreGoesOnWhereItWas() throws Exception {
    Rig rig = Rig.onCopyOf("home", dir.resolve("replaced")).without("log").set("backfill", "all");
    rig.readsEverything = false;
    try (RuntimeAdapter adapter = rig.adapter()) {
      rig.lookThrice(adapter);
      int events = rig.events().size();
      Path copy = Files.copy(rig.home.resolve("state.db"), rig.home.resolve("copy.db"));
      Files.move(copy, rig.home.resolve("state.db"), StandardCopyOption.REPLACE_EXISTING);
      rig.lookThrice(adapter);
      assertThat(rig.events()).hasSize(events);
    }
  }

  @Test
  void aLogThatRotatesBetweenTwoLooksLosesNothing() throws Exception {
    Rig whole = Rig.onCopyOf("home", dir.resolve("whole-log")).run();
    Rig rig = Rig.onCopyOf("home", dir.resolve("rotating")).set("backfill", "all");
    rig.readsEverything = false;
    Path log = rig.home.resolve("logs/agent.log");
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    // A store without rows gives nothing, so that the log is all there before the turns settle.
    Path store = rig.home.resolve("state.db");
    Path aside = Files.move(store, rig.home.resolve("aside.db"));
    new StoreBuilder(rig.home).close();
    int half = lines.size() / 2;
    Files.write(
        log,
        (String.join("\n", lines.subList(0, half)) + "\n2026-").getBytes(StandardCharsets.UTF_8));
    try (RuntimeAdapter adapter = rig.adapter()) {
      rig.drain(adapter);
      Files.write(
          log, (String.join("\n", lines.subList(0, half)) + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(log, rig.home.resolve("logs/agent.log.1"));
      Files.write(log, lines.subList(half, lines.size()), StandardCharsets.UTF_8);
      Files.move(aside, store, StandardCopyOption.REPLACE_EXISTING);
      rig.lookThrice(adapter);
    }
    assertThat(scopes(rig)).isEqualTo(scopes(whole));
  }

  @Test
  void aHistoryOfThousandsOfSessionsIsReadInBoundedPieces() throws Exception {
    Path home = dir.resolve("many");
    int sessions = 5000;
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.connection().setAutoCommit(false);
      for (int i = 0; i < sessions; i++) {
        store.session("s" + i, 1000 + i);
        store.turn("s" + i, 1000.5 + i, "question " + i);
        store.usage("s" + i, 1, 100, 10, 1001 + i);
      }
      store.connection().commit();
    }
    Rig rig = new Rig(home).without("log").run();
    assertThat(rig.ends(ScopeCategory.AGENT).count()).isEqualTo(sessions);
    assertThat(rig.events().stream().filter(ScopeStart.class::isInstance)).hasSize(2 * sessions);
    Tally.of(rig.events())
        .values()
        .forEach(tally -> assertThat(tally.toString()).startsWith("1 calls 0 failed 100/10"));
    assertThat(rig.sink.commits()).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Tokyo", "Pacific/Honolulu"})
  void aLogInAnotherZoneIsSaidOnce(String zone) throws Exception {
    Rig rig = Rig.onCopyOf("home", dir.resolve("zone")).set("zone", zone).run();
    assertThat(rig.diagnostics.codes()).containsExactly("hermes.log_zone");
  }

  @Test
  void aKilledCommitIsNotSwallowed() throws Exception {
    Rig rig = Rig.onCopyOf("home", dir.resolve("kill"));
    rig.sink.crashAtCommit(1);
    try (RuntimeAdapter adapter = rig.adapter()) {
      assertThatThrownBy(() -> rig.drain(adapter)).isInstanceOf(SimulatedCrash.class);
      rig.drain(adapter);
    }
    assertThat(rig.ends(ScopeCategory.AGENT).count()).isGreaterThan(10);
  }
}
