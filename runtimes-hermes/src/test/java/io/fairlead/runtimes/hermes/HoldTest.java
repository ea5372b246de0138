package io.fairlead.runtimes.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.testkit.RecordingSink.SimulatedCrash;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A turn that goes on and on gives what ended in it before it ends itself. */
class HoldTest {

  private static final int STEPS = 10;

  @TempDir Path dir;

  private static Rig live(Path home) {
    Rig rig = new Rig(home).without("log").set("backfill", "all");
    rig.readsEverything = false;
    return rig;
  }

  private static void step(StoreBuilder store, int i, double time) throws SQLException {
    String call = StoreBuilder.toolCall("c" + i, "t");
    store.message("s1", "assistant", time, "", "tool_calls", null, call);
    store.message("s1", "tool", time + 0.04, "{\"ok\": true}", null, "c" + i, null);
  }

  private static void begin(StoreBuilder store) throws SQLException {
    store.session("s1", 1000);
    store.message("s1", "user", 1001, "work", null, null, null);
  }

  /** Runs a turn of ten steps, one a minute, and its answer; a look after each. */
  private static Rig slowTurn(Rig rig, int crashAt) throws Exception {
    if (crashAt > 0) {
      rig.sink.crashAtCommit(crashAt);
    }
    RuntimeAdapter adapter = rig.adapter();
    try (StoreBuilder store = new StoreBuilder(rig.home)) {
      begin(store);
      for (int i = 0; i < STEPS; i++) {
        step(store, i, 1010 + 60 * i);
        store.usage("s1", i + 1, 100 * (i + 1), 10 * (i + 1), 1010 + 60 * i);
        adapter = look(rig, adapter, 1011 + 60 * i);
      }
      store.message("s1", "assistant", 1700, "Fine.", "stop", null, null);
      store.usage("s1", STEPS + 1, 1150, 117, 1700);
      adapter = look(rig, adapter, 1701);
      return rig;
    } finally {
      adapter.close();
    }
  }

  private static RuntimeAdapter look(Rig rig, RuntimeAdapter adapter, long now) throws Exception {
    rig.clock.set(Instant.ofEpochSecond(now));
    try {
      rig.lookThrice(adapter);
      return adapter;
    } catch (SimulatedCrash e) {
      adapter.close();
      RuntimeAdapter next = rig.adapter();
      rig.lookThrice(next);
      return next;
    }
  }

  @Test
  void nothingFinishedIsHeldLongerThanFiveMinutes() throws Exception {
    Rig rig = live(dir);
    try (StoreBuilder store = new StoreBuilder(dir);
        RuntimeAdapter adapter = rig.adapter()) {
      begin(store);
      for (int i = 0; i < STEPS; i++) {
        step(store, i, 1010 + 60 * i);
      }
      look(rig, adapter, 1200);
      assertThat(rig.ends(ScopeCategory.TOOL)).isEmpty();
      look(rig, adapter, 1560);
      // Those that ended at 1010 to 1250.
      assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(5);
      assertThat(rig.ends(ScopeCategory.LLM)).hasSize(5);
      assertThat(rig.ends(ScopeCategory.AGENT)).isEmpty();
      assertThat(rig.openTurns).isEqualTo(1);
      look(rig, adapter, 1600);
      assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(5);
      look(rig, adapter, 1631);
      assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(6);
    }
  }

  @Test
  void whatWentAheadIsWhatWouldHaveComeWithTheRoot() throws Exception {
    Rig slow = slowTurn(live(dir), 0);
    Rig once = new Rig(dir).without("log").run();
    assertThat(GrowingHomeTest.scopes(slow)).isEqualTo(GrowingHomeTest.scopes(once));
    assertThat(Tally.of(slow.events()).toString())
        .isEqualTo(Tally.of(once.events()).toString())
        .contains("11 calls 0 failed 1150/117");
    ScopeEnd root = slow.ends(ScopeCategory.AGENT).findFirst().orElseThrow();
    assertThat(slow.events().get(slow.events().size() - 1)).isEqualTo(root);
    assertThat(slow.ends(ScopeCategory.TOOL))
        .allMatch(tool -> tool.header().traceRoot().equals(root.header().uuid()));
  }

  @Test
  void aRunKilledAtAnyCommitGivesEachScopeOnce() throws Exception {
    Rig whole = slowTurn(live(dir.resolve("whole")), 0);
    assertThat(whole.sink.commits()).isGreaterThan(8);
    for (int crash = 1; crash <= whole.sink.commits(); crash++) {
      Rig killed = slowTurn(live(dir.resolve("killed" + crash)), crash);
      assertThat(GrowingHomeTest.scopes(killed))
          .as("killed at commit %s", crash)
          .isEqualTo(GrowingHomeTest.scopes(whole));
      assertThat(Tally.of(killed.events()).toString())
          .as("killed at commit %s", crash)
          .isEqualTo(Tally.of(whole.events()).toString());
    }
  }

  @Test
  void moreThanTwoThousandEventsAreNotHeld() throws Exception {
    Rig rig = live(dir);
    try (StoreBuilder store = new StoreBuilder(dir);
        RuntimeAdapter adapter = rig.adapter()) {
      begin(store);
      store.connection().setAutoCommit(false);
      for (int i = 0; i < 600; i++) {
        step(store, i, 1010 + i * 0.1);
      }
      store.connection().commit();
      store.connection().setAutoCommit(true);
      look(rig, adapter, 1100);
      // The last step may still change.
      assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(599);
      assertThat(rig.ends(ScopeCategory.AGENT)).isEmpty();
      store.message("s1", "assistant", 1105, "Fine.", "stop", null, null);
      look(rig, adapter, 1106);
    }
    Rig once = new Rig(dir).without("log").run();
    assertThat(GrowingHomeTest.scopes(rig)).isEqualTo(GrowingHomeTest.scopes(once));
  }

  @Test
  void aToolWithoutResultHoldsWhatComesAfterIt() throws Exception {
    Rig rig = live(dir);
    try (StoreBuilder store = new StoreBuilder(dir);
        RuntimeAdapter adapter = rig.adapter()) {
      begin(store);
      step(store, 1, 1010);
      String call = StoreBuilder.toolCall("late", "t");
      store.message("s1", "assistant", 1020, "", "tool_calls", null, call);
      step(store, 2, 1030);
      step(store, 3, 1040);
      look(rig, adapter, 2000);
      assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(1);
      store.message("s1", "tool", 2001, "{\"ok\": true}", null, "late", null);
      store.message("s1", "assistant", 2002, "Fine.", "stop", null, null);
      look(rig, adapter, 2003);
    }
    Rig once = new Rig(dir).without("log").run();
    assertThat(GrowingHomeTest.scopes(rig)).isEqualTo(GrowingHomeTest.scopes(once));
  }
}
