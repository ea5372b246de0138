package io.fairlead.runtimes.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which homes are read, and how far back. */
class HistoryTest {

  private static final long DAY = 86_400;

  @TempDir Path dir;

  private static Rig live(Path home) {
    Rig rig = new Rig(home).without("log");
    rig.readsEverything = false;
    return rig;
  }

  private static List<String> turns(Rig rig) {
    return rig.ends(ScopeCategory.AGENT)
        .map(ScopeEnd::header)
        .map(header -> header.origin().agentId() + " " + header.origin().sessionId())
        .toList();
  }

  private static List<String> started(Rig rig) {
    return rig.sink.events(Mark.class).stream()
        .filter(mark -> mark.header().name().equals(Mark.SESSION_STARTED))
        .map(mark -> Objects.requireNonNull(mark.header().origin().sessionId()))
        .toList();
  }

  @Test
  void everyProfileIsAnAgentOfItsOwn() throws Exception {
    try (StoreBuilder main = new StoreBuilder(dir);
        StoreBuilder coder = new StoreBuilder(dir.resolve("profiles/coder"))) {
      Files.createDirectories(dir.resolve("profiles/empty"));
      main.session("same", 1000);
      main.turn("same", 1001, "hello");
      coder.session("same", 1000.5);
      coder.turn("same", 1001, "hello");
      assertThat(turns(new Rig(dir).without("log").run()))
          .containsExactlyInAnyOrder("hermes same", "coder same");
      assertThat(turns(new Rig(dir).without("log").set("profiles", false).run()))
          .containsExactly("hermes same");
    }
  }

  @Test
  void aProfileThatComesLaterIsFound() throws Exception {
    Rig rig = live(dir).set("backfill", "all");
    try (StoreBuilder main = new StoreBuilder(dir);
        RuntimeAdapter adapter = rig.adapter()) {
      main.session("s1", 1000);
      main.turn("s1", 1001, "hello");
      rig.lookThrice(adapter);
      try (StoreBuilder late = new StoreBuilder(dir.resolve("profiles/late"))) {
        late.session("s2", 2000);
        late.turn("s2", 2001, "hello");
        rig.lookThrice(adapter);
      }
    }
    assertThat(turns(rig)).containsExactly("hermes s1", "late s2");
  }

  @Test
  void aDayOfHistoryIsADay() throws Exception {
    long now = 100 * DAY;
    Rig rig = live(dir).set("backfill", "24h");
    rig.clock.set(Instant.ofEpochSecond(now));
    try (StoreBuilder store = new StoreBuilder(dir)) {
      store.session("old", now - 3 * DAY);
      store.turn("old", now - 3 * DAY, "hello");
      store.usage("old", 1, 100, 10, now - 3 * DAY);
      store.session("both", now - 2 * DAY);
      store.turn("both", now - 2 * DAY, "first");
      store.turn("both", now - 1000, "second");
      store.usage("both", 2, 200, 20, now - 2 * DAY);
      store.session("young", now - 2000);
      store.turn("young", now - 2000, "hello");
      store.usage("young", 1, 100, 10, now - 1999);
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
      }
    }
    assertThat(turns(rig)).containsExactlyInAnyOrder("hermes both", "hermes young");
    assertThat(started(rig)).containsExactly("young");
    // A sum that began before the day cannot be split, so none of it is counted.
    assertThat(Tally.of(rig.events()).toString())
        .contains("young m1=1 calls 0 failed 100/10")
        .contains("both m1=1 calls 0 failed 0/0")
        .doesNotContain("old");
  }

  @Test
  void aRestartDoesNotMoveTheBeginning() throws Exception {
    Rig rig = live(dir);
    rig.clock.set(Instant.ofEpochSecond(2000));
    try (StoreBuilder store = new StoreBuilder(dir)) {
      store.session("before", 1000);
      store.turn("before", 1001, "hello");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
      }
      // While nobody looks.
      store.session("between", 2100);
      store.turn("between", 2101, "hello");
      store.usage("between", 1, 100, 10, 2102);
      rig.clock.set(Instant.ofEpochSecond(3000));
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
      }
    }
    assertThat(turns(rig)).containsExactly("hermes between");
    assertThat(started(rig)).containsExactly("between");
    assertThat(Tally.of(rig.events()).toString()).contains("1 calls 0 failed 100/10");
  }

  @Test
  void aStoreLeftByAKilledGatewayGoesOnWhenItComesBack() throws Exception {
    Path gateway = dir.resolve("gateway");
    Path home = Files.createDirectories(dir.resolve("home"));
    Rig rig = live(home).set("backfill", "all");
    try (StoreBuilder store = new StoreBuilder(gateway)) {
      store.session("s1", 1000);
      store.turn("s1", 1001, "first");
      store.message("s1", "user", 1010, "second", null, null, null);
      store.usage("s1", 1, 100, 10, 1002);
      // What a kill leaves: a main file and a log of changes nobody will write back.
      Files.copy(gateway.resolve("state.db"), home.resolve("state.db"));
      Files.copy(gateway.resolve("state.db-wal"), home.resolve("state.db-wal"));
    }
    byte[] wal = Files.readAllBytes(home.resolve("state.db-wal"));
    byte[] main = Files.readAllBytes(home.resolve("state.db"));
    try (RuntimeAdapter adapter = rig.adapter()) {
      rig.lookThrice(adapter);
      assertThat(turns(rig)).containsExactly("hermes s1");
      assertThat(rig.openTurns).isEqualTo(1);
      assertThat(Files.readAllBytes(home.resolve("state.db-wal"))).isEqualTo(wal);
      assertThat(Files.readAllBytes(home.resolve("state.db"))).isEqualTo(main);
      try (StoreBuilder back = StoreBuilder.reopen(home)) {
        back.turn("s1", 1020, "third");
        back.usage("s1", 2, 150, 15, 1021);
        rig.lookThrice(adapter);
      }
    }
    List<ScopeEnd> ends = rig.ends(ScopeCategory.AGENT).toList();
    assertThat(ends).hasSize(3);
    assertThat(ends.get(1).incomplete()).as("the turn that was killed").isTrue();
    assertThat(Tally.of(rig.events()).toString()).contains("2 calls 0 failed 150/15");
  }

  @Test
  void aLongSessionGoesOnWithoutBeingReadAgain() throws Exception {
    Path home = dir.resolve("long");
    Rig rig = live(home).set("backfill", "all");
    rig.clock.set(Instant.ofEpochSecond(1000));
    try (StoreBuilder store = new StoreBuilder(home)) {
      store.session("s1", 1000);
      for (int i = 0; i < 300; i++) {
        store.turn("s1", 1001 + 2 * i, "the same " + i % 7);
      }
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        for (int i = 300; i < 320; i++) {
          store.turn("s1", 1001 + 2 * i, "the same " + i % 7);
          rig.lookThrice(adapter);
        }
        assertThat(GrowingHomeTest.scopes(rig))
            .hasSize(640)
            .isEqualTo(GrowingHomeTest.scopes(new Rig(home).without("log").run()));
        // Taken back by the user: what was given stays given, what follows is new.
        store.execute("DELETE FROM messages WHERE id > 100 AND id <= 200");
        store.turn("s1", 3000, "after");
        rig.lookThrice(adapter);
        assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(321);
        store.execute("UPDATE messages SET active = 0, compacted = 1");
        store.message("s1", "user", 3010, "[CONTEXT COMPACTION] so far", null, null, null);
        store.turn("s1", 3020, "at last");
        rig.lookThrice(adapter);
        assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(322);
      }
    }
  }

  @Test
  void manyUsageRowsAreFoundWithoutLookingAtAll() throws Exception {
    Rig rig = live(dir).set("backfill", "all");
    rig.clock.set(Instant.ofEpochSecond(100_000));
    try (StoreBuilder store = new StoreBuilder(dir)) {
      store.session("first", 1000);
      store.turn("first", 1001, "hello");
      store.usage("first", 1, 100, 10, 1002);
      store.connection().setAutoCommit(false);
      for (int i = 0; i < 12_000; i++) {
        store.usage("gone" + i, 1, 1, 1, 2000);
      }
      store.session("last", 3000);
      store.turn("last", 3001, "hello");
      store.usage("last", 1, 100, 10, 3002);
      store.connection().commit();
      store.connection().setAutoCommit(true);
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        store.execute(
            "UPDATE session_model_usage SET api_call_count = 2, input_tokens = 150, last_seen ="
                + " 100001 WHERE session_id IN ('first', 'last')");
        rig.lookThrice(adapter);
        assertThat(Tally.of(rig.events()).get("last m1")).hasToString(grown());
        rig.clock.set(Instant.ofEpochSecond(100_100));
        rig.lookThrice(adapter);
        assertThat(Tally.of(rig.events()).get("first m1")).hasToString(grown());
      }
    }
  }

  private static String grown() {
    return "2 calls 0 failed 150/10 read 0 write 0 reasoning 0 cost 0.00011";
  }
}
