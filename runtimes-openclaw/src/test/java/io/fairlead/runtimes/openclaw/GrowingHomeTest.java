package io.fairlead.runtimes.openclaw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.testkit.RecordingSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that are written while they are read, by runs that are killed. */
class GrowingHomeTest {

  @TempDir Path dir;

  @Test
  void aStoreThatGrowsRowByRowGivesWhatItGivesAtOnce() throws Exception {
    Rig once = Rig.onCopyOf("store", dir.resolve("once")).run();
    Rig grown = live(dir.resolve("grown"));
    growStore(grown, 0);
    assertSame(grown, once, "grown");
  }

  @Test
  void filesThatGrowLineByLineGiveWhatTheyGiveAtOnce() throws Exception {
    Rig once = Rig.onCopyOf("files", dir.resolve("once")).run();
    Rig grown = live(dir.resolve("grown"));
    growFiles(grown, 0);
    assertSame(grown, once, "grown");
  }

  @Test
  void aRunKilledAtAnyCommitGoesOnWithoutLossOrRepetition() throws Exception {
    Rig whole = live(dir.resolve("whole"));
    growStore(whole, 0);
    assertThat(whole.sink.commits()).isGreaterThan(40);
    for (int kill = 1; kill <= whole.sink.commits(); kill += 7) {
      Rig killed = live(dir.resolve("killed" + kill));
      growStore(killed, kill);
      assertSame(killed, whole, "killed at commit " + kill);
    }
  }

  @Test
  void aRunOnFilesKilledAtAnyCommitGoesOn() throws Exception {
    Rig whole = live(dir.resolve("whole"));
    growFiles(whole, 0);
    for (int kill = 1; kill <= whole.sink.commits(); kill += 11) {
      Rig killed = live(dir.resolve("killed" + kill));
      growFiles(killed, kill);
      assertSame(killed, whole, "killed at commit " + kill);
    }
  }

  /** The index says at once how every session ended, and all times are of long ago. */
  @Test
  void oldFilesThatGrowGiveWhatTheyGiveAtOnce() throws Exception {
    Rig once = Rig.onCopyOf("files", dir.resolve("once"));
    // Files of one family are not written one after the other.
    for (String family : List.of("b438a93a", "cecd2b3a", "bacfb73a", "f3570f6b")) {
      try (Stream<Path> all = Files.list(once.home.resolve("agents/main/sessions"))) {
        for (Path file : all.filter(f -> f.toString().contains(family)).toList()) {
          Files.delete(file);
        }
      }
    }
    once.run();
    Path recorded = once.home.resolve("agents/main/sessions");
    Rig grown = live(dir.resolve("grown"));
    Path sessions = Files.createDirectories(grown.home.resolve("agents/main/sessions"));
    Files.copy(recorded.resolve("sessions.json"), sessions.resolve("sessions.json"));
    FileTime old = FileTime.from(Instant.parse("2026-11-21T08:00:00Z"));
    grown.clock.set(Instant.parse("2026-12-24T12:00:00Z"));
    try (RuntimeAdapter adapter = grown.adapter();
        Stream<Path> files = Files.list(recorded)) {
      for (Path from : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
        Path file = sessions.resolve(String.valueOf(from.getFileName()));
        for (String line : Files.readAllLines(from)) {
          Files.writeString(
              file, line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          Files.setLastModifiedTime(file, old);
          grown.lookThrice(adapter);
          grown.clock.set(grown.clock.instant().plusSeconds(60));
        }
      }
      settle(grown, adapter);
    }
    assertSame(grown, once, "grown");
  }

  /** A message is written while the run before it comes to its end, and its own run is to begin. */
  @Test
  void aMessageThatWaitsForItsRunIsOneTurn() throws Exception {
    String id = "11111111-2222-4333-8444-555555555555";
    Lines lines =
        Lines.store(id, "2026-11-20T08:00:00Z").message("\"role\":\"user\",\"content\":\"x\"");
    Rig rig = live(dir.resolve("home"));
    try (HomeBuilder home = new HomeBuilder(rig.home);
        RuntimeAdapter adapter = rig.adapter()) {
      home.window(id, "agent:main:x", null, null, 1000).lines(id, lines.all());
      home.update(
          "UPDATE session_windows SET status = 'done', ended_at = ?", lines.millis() + 1000);
      rig.lookThrice(adapter);
      rig.clock.set(rig.clock.instant().plusSeconds(600));
      rig.lookThrice(adapter);
      assertThat(rig.scopes()).isEmpty();
      home.lines(id, lines.answer("r", "y").from(2));
      rig.lookThrice(adapter);
    }
    assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(1).noneMatch(ScopeEnd::incomplete);
  }

  private static Rig live(Path home) {
    Rig rig = new Rig(home).set("backfill", "all");
    rig.readsEverything = false;
    return rig;
  }

  private static void growStore(Rig rig, int killAt) throws Exception {
    rig.sink.crashAtCommit(killAt);
    RuntimeAdapter adapter = rig.adapter();
    try (HomeBuilder home = new HomeBuilder(rig.home)) {
      List<String> rows =
          home.strings(
              "SELECT id FROM (SELECT rowid AS id, seq, max(created_at) OVER (PARTITION BY"
                  + " session_id ORDER BY seq) AS written FROM recorded.transcript_events)"
                  + " ORDER BY written, id");
      for (String row : rows) {
        String of = " FROM recorded.transcript_events WHERE rowid = " + row;
        home.execute(
            "INSERT OR IGNORE INTO session_nodes SELECT * FROM recorded.session_nodes WHERE"
                + " current_session_id = (SELECT session_id"
                + of
                + ")");
        home.execute(
            "INSERT OR IGNORE INTO session_windows SELECT * FROM recorded.session_windows WHERE"
                + " session_id = (SELECT session_id"
                + of
                + ")");
        home.execute("UPDATE session_windows SET status = 'running', ended_at = NULL");
        home.execute("INSERT INTO transcript_events SELECT *" + of);
        String written = home.strings("SELECT json_extract(event_json, '$.timestamp')" + of).get(0);
        adapter = look(rig, adapter, Instant.parse(written));
      }
      adapter = settle(rig, adapter);
    } finally {
      adapter.close();
    }
  }

  private static void growFiles(Rig rig, int killAt) throws Exception {
    rig.sink.crashAtCommit(killAt);
    Path recorded = Rig.resource("files/agents/main/sessions");
    Path sessions = Files.createDirectories(rig.home.resolve("agents/main/sessions"));
    List<String[]> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(recorded)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".jsonl")) {
          for (String line : Files.readAllLines(file)) {
            String time = Objects.requireNonNull(JsonValue.parse(line)).text("timestamp");
            lines.add(new String[] {Objects.requireNonNull(time), name, line});
          }
        }
      }
    }
    lines.sort((a, b) -> a[0].compareTo(b[0]));
    String index = Files.readString(recorded.resolve("sessions.json"), StandardCharsets.UTF_8);
    Files.writeString(
        sessions.resolve("sessions.json"), index.replaceAll("\"(status|endedAt)\"", "\"x$1\""));
    RuntimeAdapter adapter = rig.adapter();
    try {
      for (String[] line : lines) {
        Path file = sessions.resolve(line[1]);
        byte[] old = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        String half = line[2].substring(0, line[2].length() / 2);
        Files.write(file, concat(old, half));
        adapter = look(rig, adapter, Instant.parse(line[0]));
        Files.write(file, concat(old, line[2] + "\n"));
        adapter = look(rig, adapter, Instant.parse(line[0]));
      }
      adapter = settle(rig, adapter);
    } finally {
      adapter.close();
    }
  }

  private static byte[] concat(byte[] old, String more) {
    return (new String(old, StandardCharsets.UTF_8) + more).getBytes(StandardCharsets.UTF_8);
  }

  private static RuntimeAdapter settle(Rig rig, RuntimeAdapter adapter) throws Exception {
    RuntimeAdapter last = adapter;
    Instant end = rig.clock.instant();
    for (int i = 1; i < 8; i++) {
      last = look(rig, last, end.plusSeconds(180L * i));
    }
    return last;
  }

  /** A look; a killed run is followed by a new one. */
  private static RuntimeAdapter look(Rig rig, RuntimeAdapter adapter, Instant now)
      throws Exception {
    rig.clock.set(now);
    try {
      rig.drain(adapter);
      return adapter;
    } catch (RecordingSink.SimulatedCrash e) {
      adapter.close();
      RuntimeAdapter next = rig.adapter();
      rig.drain(next);
      return next;
    }
  }

  /** The same scopes, each delivered once, whatever the order. */
  private static void assertSame(Rig rig, Rig expected, String what) {
    List<String> missing = new ArrayList<>(ends(expected));
    List<String> surplus = new ArrayList<>(ends(rig));
    ends(rig).forEach(missing::remove);
    ends(expected).forEach(surplus::remove);
    assertThat(missing).as(what + ", missing").isEmpty();
    assertThat(surplus).as(what + ", surplus").isEmpty();
  }

  private static List<String> ends(Rig rig) {
    List<String> ends = new ArrayList<>();
    for (Event event : rig.events()) {
      if (event instanceof ScopeEnd end) {
        EventHeader start = end.start().header();
        ends.add(
            String.join(
                " ",
                start.origin().sessionId(),
                start.name(),
                start.uuid().toString(),
                "in " + start.parentUuid() + " of " + start.traceRoot(),
                start.timeNanos() + "-" + end.header().timeNanos(),
                end.outcome().toString(),
                end.start().links().toString(),
                "incomplete " + end.incomplete()));
      } else if (!(event instanceof ScopeStart)) {
        ends.add(event.toString());
      }
    }
    return ends;
  }
}
