package io.fairlead.runtimes.openclaw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes in which OpenClaw keeps transcripts, and what it does to them later. */
class StoresTest {

  private static final String ID = "11111111-2222-4333-8444-555555555555";
  private static final String OTHER = "11111111-2222-4333-8444-666666666666";
  private static final String START = "2026-11-20T08:00:00Z";

  @TempDir Path dir;

  private static Lines twoTurns() {
    return Lines.store(ID, START)
        .ask("r1", "one")
        .useTool("r1", "c", "exec", "{}")
        .result("r1", "c", "exec", "\"details\":{\"exitCode\":0,\"durationMs\":40}")
        .answer("r1", "done")
        .ask("r2", "two")
        .answer("r2", "done");
  }

  private HomeBuilder home(String name) throws Exception {
    return new HomeBuilder(dir.resolve(name)).window(ID, "agent:main:x", null, null, 1000);
  }

  private Rig read(HomeBuilder home) throws Exception {
    return new Rig(home.home).run();
  }

  @Test
  void compressedAndArchivedTranscriptsAreReadLikePlainOnes() throws Exception {
    List<String> lines = twoTurns().all();
    try (HomeBuilder plain = home("plain").lines(ID, lines);
        HomeBuilder compressed = home("compressed").compressedLines(ID, lines);
        HomeBuilder cold = home("cold").coldArchive(ID, lines);
        HomeBuilder archived = home("archived").archive(ID, lines, 2000)) {
      List<Event> expected = read(plain).scopes();
      assertThat(expected).hasSize(12);
      assertThat(read(compressed).scopes()).isEqualTo(expected);
      assertThat(read(cold).scopes()).isEqualTo(expected);
      List<Event> deleted = read(archived).scopes();
      assertThat(deleted.subList(0, 12)).isEqualTo(expected);
      assertThat(deleted.subList(12, 13)).allMatch(StoresTest::isEnd);
    }
  }

  private static boolean isEnd(Event event) {
    return event instanceof Mark mark && mark.header().name().equals(Mark.SESSION_ENDED);
  }

  @Test
  void unreadableArchivesHarmNothingElse() throws Exception {
    try (HomeBuilder home = home("home").lines(ID, twoTurns().all())) {
      home.window(OTHER, "agent:main:y", null, null, 1000).coldArchive(OTHER, List.of());
      Files.writeString(home.agent.resolve("sessions/cold/" + OTHER + ".jsonl.zst"), "no zstd");
      home.update(
          "UPDATE session_transcript_cold_archives SET archive_name = ?", OTHER + ".jsonl.zst");
      assertThat(read(home).scopes()).hasSize(12);
    }
  }

  @Test
  void aTranscriptThatIsRewrittenIsCountedOnce() throws Exception {
    Lines lines = twoTurns();
    try (HomeBuilder home = home("home").lines(ID, lines.all())) {
      Rig rig = live("home");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        assertThat(rig.scopes()).hasSize(12);

        List<String> kept = new ArrayList<>(lines.from(4));
        kept.add(0, lines.all().get(0));
        home.rewrite(ID, "g2", kept, 5000);
        rig.lookThrice(adapter);
        assertThat(rig.scopes()).hasSize(12);

        home.lines(ID, lines.ask("r3", "three").answer("r3", "done").from(7));
        rig.lookThrice(adapter);
        assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(3);
        assertThat(rig.scopes()).hasSize(16);
      }
    }
  }

  @Test
  void aTranscriptThatMovesToAnArchiveIsCountedOnce() throws Exception {
    Lines lines = twoTurns();
    try (HomeBuilder home = home("home").lines(ID, lines.all())) {
      Rig rig = live("home");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        home.remove(ID).archive(ID, lines.all(), lines.millis());
        rig.lookThrice(adapter);
        assertThat(rig.scopes()).hasSize(13);
        assertThat(rig.scopes().get(12)).matches(StoresTest::isEnd);
      }
      assertThat(rig.run().scopes()).hasSize(13);
    }
  }

  @Test
  void anUpgradedHomeIsCountedOnce() throws Exception {
    Lines old = Lines.file(ID, START).ask("", "one").answer("", "done").ask("", "one");
    old.answer("", "done");
    try (HomeBuilder home = new HomeBuilder(dir.resolve("home"))) {
      home.file(ID + ".jsonl", old.all());
      Rig before = live("home");
      before.readsEverything = true;
      before.run();
      assertThat(before.ends(ScopeCategory.AGENT)).hasSize(2);

      List<String> imported =
          old.all().stream()
              .map(line -> line.replace("\"id\":\"3-", "\"id\":\"imported-"))
              .toList();
      home.window(ID, "agent:main:x", null, null, 1000).lines(ID, imported);
      Lines more = Lines.store(ID, "2026-11-20T09:00:00Z").ask("r9", "new").answer("r9", "done");
      home.lines(ID, more.from(1));

      Rig after = new Rig(dir.resolve("home"));
      before.sink.state().forEach("", (key, value) -> after.sink.state().apply(Map.of(key, value)));
      after.run();
      assertThat(after.ends(ScopeCategory.AGENT)).hasSize(1);
      assertThat(after.ends(ScopeCategory.LLM)).hasSize(1);

      assertThat(new Rig(dir.resolve("home")).run().ids())
          .containsExactlyElementsOf(concat(before, after));

      Files.delete(home.agent.resolve("sessions/" + ID + ".jsonl"));
      assertThat(new Rig(dir.resolve("home")).run().ids())
          .containsExactlyElementsOf(concat(before, after));
    }
  }

  private static List<UUID> concat(Rig before, Rig after) {
    List<UUID> ids = new ArrayList<>(before.ids());
    ids.addAll(after.ids());
    return ids;
  }

  @Test
  void copiesOfTranscriptsAreNotRead() throws Exception {
    List<String> lines = Lines.file(ID, START).ask("", "one").answer("", "done").all();
    try (HomeBuilder home = new HomeBuilder(dir.resolve("home"))) {
      home.file(ID + ".jsonl", lines)
          .file(ID + ".checkpoint." + OTHER + ".jsonl", lines)
          .file(ID + ".jsonl.bak-7-1000", lines)
          .file(ID + ".jsonl.reset.2026-11-20T08-00-00.000Z", lines)
          .file(ID + ".trajectory.jsonl", lines);
      assertThat(read(home).scopes()).hasSize(4);
    }
  }

  @Test
  void aFileThatIsWrittenAnewIsCountedOnce() throws Exception {
    Lines lines = Lines.file(ID, START).ask("", "one").answer("", "done");
    try (HomeBuilder home = new HomeBuilder(dir.resolve("home"))) {
      home.file(ID + ".jsonl", lines.all());
      Rig rig = live("home");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        Path file = home.agent.resolve("sessions/" + ID + ".jsonl");
        Files.delete(file);
        lines.line("\"type\":\"custom\",\"customType\":\"note\"");
        home.file(ID + ".jsonl", lines.ask("", "two").answer("", "done").all());
        rig.lookThrice(adapter);
        assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(2);
        assertThat(rig.ends(ScopeCategory.LLM)).hasSize(2);
      }
    }
  }

  @Test
  void aForkDoesNotCountWhatItWasMadeFrom() throws Exception {
    List<String> lines = twoTurns().all();
    List<String> fork = new ArrayList<>();
    Lines later = Lines.store(OTHER, "2026-11-20T12:00:00Z").ask("r5", "else").answer("r5", "ok");
    fork.add(later.all().get(0));
    fork.addAll(lines.subList(1, lines.size()));
    fork.addAll(later.from(1));
    try (HomeBuilder home = home("home").lines(ID, lines)) {
      home.window(OTHER, "agent:main:fork", null, null, 2000).lines(OTHER, fork);
      Rig rig = read(home);
      assertThat(rig.ends(ScopeCategory.AGENT, OTHER)).hasSize(1);
      assertThat(rig.ends(ScopeCategory.LLM)).hasSize(4);
    }
  }

  @Test
  void aResetEndsTheSessionBefore() throws Exception {
    try (HomeBuilder home = home("home").lines(ID, twoTurns().all())) {
      home.window(OTHER, "agent:main:x", null, ID, 3_000)
          .lines(OTHER, Lines.store(OTHER, START).ask("q", "hi").answer("q", "ok").all());
      List<Event> marks = read(home).scopes().stream().filter(StoresTest::isEnd).toList();
      assertThat(marks).hasSize(1);
      assertThat(marks.get(0).header().origin().sessionId()).isEqualTo(ID);
      assertThat(marks.get(0).header().timeNanos()).isEqualTo(3_000_000_000L);
    }
  }

  @Test
  void linesThatComeAfterTheirTurnWasGivenAreScopesOfTheirOwn() throws Exception {
    Lines lines = Lines.store(ID, START).ask("r1", "one").answer("r1", "done");
    try (HomeBuilder home = home("home").lines(ID, lines.all())) {
      Rig rig = live("home");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        lines
            .useTool("r1", "c", "exec", "{}")
            .result("r1", "c", "exec", "\"details\":{\"exitCode\":3}")
            .assistant("r1", "error", "", "{}");
        for (String line : lines.from(3)) {
          home.lines(ID, List.of(line));
          rig.lookThrice(adapter);
        }
        home.lines(ID, lines.answer("r1", "and more").from(6));
        rig.lookThrice(adapter);
      }
      assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1);
      assertThat(rig.ends(ScopeCategory.LLM).map(end -> end.outcome().errorType()))
          .containsExactly(null, null, "_OTHER", null);
      assertThat(rig.ends(ScopeCategory.TOOL).map(end -> end.outcome().errorType()))
          .containsExactly("exit_code");
      assertThat(rig.reports()).isEmpty();
      assertThat(rig.ids().stream().distinct().count() * 2).isEqualTo(rig.scopes().size());
    }
  }

  @Test
  void aTurnThatLastsIsGivenInParts() throws Exception {
    Lines lines = Lines.store(ID, START).ask("r1", "one").useTool("r1", "a", "exec", "{}");
    lines.result("r1", "a", "exec", "\"details\":{}").useTool("r1", "b", "exec", "{}");
    try (HomeBuilder home = home("home").lines(ID, lines.all())) {
      Rig rig = live("home");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.clock.set(Instant.parse(START).plusSeconds(10));
        rig.lookThrice(adapter);
        assertThat(rig.scopes()).isEmpty();
        rig.clock.set(rig.clock.instant().plusSeconds(600));
        rig.lookThrice(adapter);
        assertThat(rig.ends(ScopeCategory.LLM)).hasSize(1);
        assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(1);
        assertThat(rig.openTurns).isEqualTo(1);
      }
      lines.after(600).result("r1", "b", "exec", "\"details\":{}").answer("r1", "done");
      home.lines(ID, lines.from(5));
      rig.clock.set(rig.clock.instant().plusSeconds(600));
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
      }
      assertThat(rig.ends(ScopeCategory.LLM)).hasSize(3);
      assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(2);
      assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1);
      assertThat(rig.ids().stream().distinct().count() * 2).isEqualTo(rig.scopes().size());
      assertThat(rig.scopes().get(rig.scopes().size() - 1).header().name()).isEqualTo("main");
    }
  }

  @Test
  void aLiveStoreIsReadAndNotTouched() throws Exception {
    try (HomeBuilder home = home("home").lines(ID, twoTurns().all())) {
      Path wal = home.store.resolveSibling("openclaw-agent.sqlite-wal");
      byte[] main = Files.readAllBytes(home.store);
      byte[] log = Files.readAllBytes(wal);
      assertThat(log).isNotEmpty();

      assertThat(read(home).scopes()).hasSize(12);

      assertThat(Files.readAllBytes(home.store)).isEqualTo(main);
      assertThat(Files.readAllBytes(wal)).isEqualTo(log);
    }
  }

  @Test
  void aNewerSchemaIsSaidAndRead() throws Exception {
    try (HomeBuilder home = home("home").lines(ID, twoTurns().all())) {
      home.execute("PRAGMA user_version = 99");
      home.execute("ALTER TABLE session_windows DROP COLUMN display_name");
      Rig rig = read(home);
      assertThat(rig.scopes()).hasSize(12);
      assertThat(rig.diagnostics.codes()).containsExactly("openclaw.schema_newer");
    }
  }

  @Test
  void aStoreThatCannotBeReadIsSaid() throws Exception {
    Path agent = Files.createDirectories(dir.resolve("home/agents/main/agent"));
    Files.writeString(agent.resolve("openclaw-agent.sqlite"), "this is no database".repeat(99));
    Rig rig = new Rig(dir.resolve("home")).run();
    assertThat(rig.scopes()).isEmpty();
    assertThat(rig.diagnostics.codes()).containsExactly("openclaw.store_unreadable");
  }

  @Test
  void aMissingHomeIsSaidAndLookedForAgain() throws Exception {
    Rig rig = new Rig(dir.resolve("home"));
    try (RuntimeAdapter adapter = rig.adapter()) {
      rig.drain(adapter);
      rig.drain(adapter);
      assertThat(rig.diagnostics.codes()).containsExactly("openclaw.home_missing");
      try (HomeBuilder home = home("home").lines(ID, twoTurns().all())) {
        rig.lookThrice(adapter);
        assertThat(rig.scopes()).hasSize(12);
        assertThat(home.store).exists();
      }
    }
  }

  @Test
  void aRunBeginsAtNow() throws Exception {
    Lines lines = twoTurns();
    try (HomeBuilder home = home("home").lines(ID, lines.all())) {
      Rig rig = new Rig(dir.resolve("home"));
      rig.readsEverything = false;
      rig.clock.set(Instant.ofEpochMilli(lines.millis() + 500));
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        assertThat(rig.scopes()).isEmpty();
        home.lines(ID, lines.ask("r3", "three").answer("r3", "done").from(7));
        rig.clock.set(rig.clock.instant().plusSeconds(5));
        rig.lookThrice(adapter);
        assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1);
      }
    }
  }

  @Test
  void aRunOnFilesBeginsAtNowAndDoesNotTrustTheIndex() throws Exception {
    Lines old = Lines.file(ID, START).ask("", "one").answer("", "done");
    try (HomeBuilder home = new HomeBuilder(dir.resolve("home"))) {
      home.file(ID + ".jsonl", old.all())
          .append(
              "sessions.json",
              "{\"agent:main:x\":{\"sessionId\":\"" + ID + "\",\"updatedAt\":1000}}");
      Rig rig = new Rig(dir.resolve("home"));
      rig.readsEverything = false;
      rig.clock.set(Instant.ofEpochMilli(old.millis() + 500));
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        assertThat(rig.scopes()).isEmpty();
        home.file(ID + ".jsonl", old.ask("", "two").answer("", "done").from(3));
        rig.clock.set(rig.clock.instant().plusSeconds(5));
        rig.lookThrice(adapter);
        assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1);
        assertThat(rig.ends(ScopeCategory.AGENT).findFirst().orElseThrow().header().origin())
            .matches(origin -> "agent:main:x".equals(origin.sessionKey()));
      }
    }
  }

  @Test
  void aSessionWhoseKeyStandsForAnotherOneIsOver() throws Exception {
    try (HomeBuilder home = new HomeBuilder(dir.resolve("home"))) {
      Path index = home.agent.resolve("sessions/sessions.json");
      home.file(ID + ".jsonl", Lines.file(ID, START).ask("", "x").answer("", "y").all());
      Files.writeString(index, "{\"agent:main:x\":{\"sessionId\":\"" + ID + "\"}}");
      Rig rig = live("home");
      try (RuntimeAdapter adapter = rig.adapter()) {
        rig.lookThrice(adapter);
        Files.writeString(
            index,
            "{\"agent:main:x\":{\"sessionId\":\"" + OTHER + "\",\"sessionStartedAt\":7000}}");
        rig.lookThrice(adapter);
      }
      List<Event> marks = rig.scopes().stream().filter(StoresTest::isEnd).toList();
      assertThat(marks).hasSize(1);
      assertThat(marks.get(0).header().timeNanos()).isEqualTo(7_000_000_000L);
    }
  }

  @Test
  void everyAgentAndProfileIsRead() throws Exception {
    try (HomeBuilder main = home(".openclaw").lines(ID, twoTurns().all());
        HomeBuilder work = new HomeBuilder(dir.resolve(".openclaw"), "work");
        HomeBuilder profile = new HomeBuilder(dir.resolve(".openclaw-lab"))) {
      work.window(OTHER, "agent:work:x", null, null, 1)
          .lines(OTHER, Lines.store(OTHER, START).ask("a", "x").answer("a", "y").all());
      profile.file(OTHER + ".jsonl", Lines.file(OTHER, START).ask("", "x").answer("", "y").all());
      Rig rig = read(main);
      assertThat(rig.ends(ScopeCategory.AGENT).map(end -> end.header().origin().agentId()).sorted())
          .containsExactly("main", "main", "main", "work");
    }
  }

  private Rig live(String name) {
    Rig rig = new Rig(dir.resolve(name)).set("backfill", "all");
    rig.readsEverything = false;
    return rig;
  }
}
