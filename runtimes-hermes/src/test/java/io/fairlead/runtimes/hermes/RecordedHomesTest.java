package io.fairlead.runtimes.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedHomesTest {

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "home,truth.tsv,none",
    "home,truth.tsv,log",
    "cli,truth.tsv,log",
    "live3,truth-live-3.tsv,none",
    "live3,truth-live-3.tsv,log",
    "gateway103,truth-103.tsv,none",
    "gateway103,truth-103.tsv,log"
  })
  void everyTokenAndAnsweredCallIsTheServers(String home, String file, String without)
      throws Exception {
    Rig rig = rig(home, without).run();
    Truth truth = Truth.of(file);

    Map<String, String> expected = new TreeMap<>();
    truth.usage.forEach((key, tally) -> expected.put(key, tally.calls + ": " + tally.tokens()));
    Map<String, String> given = new TreeMap<>();
    Tally.of(rig.events())
        .forEach(
            (key, tally) -> {
              long answered = tally.calls - tally.failedCalls;
              if (answered > 0) {
                given.put(key, answered + ": " + tally.tokens());
              }
            });
    assertThat(given).isEqualTo(expected);
    assertThat(rig.diagnostics.codes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"home,truth.tsv", "live3,truth-live-3.tsv", "gateway103,truth-103.tsv"})
  void everyRefusedRequestIsAFailedAttempt(String home, String file) throws Exception {
    Rig rig = rig(home, "none").run();
    Truth.of(file)
        .failures
        .forEach(
            (session, failures) ->
                assertThat(
                        rig.ends(ScopeCategory.LLM, session)
                            .filter(end -> end.outcome().isError())
                            .count())
                    .as(session)
                    .isEqualTo(failures));
  }

  @ParameterizedTest
  @CsvSource({
    "home,truth.tsv,none",
    "home,truth.tsv,log",
    "cli,truth.tsv,log",
    "live3,truth-live-3.tsv,log",
    "gateway103,truth-103.tsv,none"
  })
  void everyToolCallIsThere(String home, String file, String without) throws Exception {
    Rig rig = rig(home, without).run();
    List<String> given = new ArrayList<>();
    rig.ends(ScopeCategory.TOOL)
        .forEach(
            end ->
                given.add(
                    end.header().origin().sessionId()
                        + " "
                        + Rig.tool(end).callId()
                        + " "
                        + end.header().name()));
    given.sort(null);
    assertThat(given).isEqualTo(Truth.of(file).tools);
  }

  @Test
  void toolsFailTheWayTheyFailed() throws Exception {
    Rig rig = rig("home", "none").run();
    Map<String, String> failed = new TreeMap<>();
    rig.ends(ScopeCategory.TOOL)
        .filter(end -> end.outcome().isError())
        .forEach(
            end ->
                failed.put(
                    end.header().origin().sessionId() + " " + Rig.tool(end).callId(),
                    end.outcome().errorType() + " " + Rig.tool(end).exitCode()));
    assertThat(failed)
        .isEqualTo(
            Map.of(
                "20261121_070304_c91d91 call_00006_2", "tool_error null",
                "20261121_070304_c91d91 call_00007_0", "exit_code 3",
                "20261121_071257_653499 call_00001_0", "blocked null"));
    // Three files read in parallel: the log cannot say which line is which.
    assertThat(tool(rig, "call_00006_0").timeQuality()).isEqualTo(TimeQuality.APPROXIMATE);
    assertThat(tool(rig, "call_00007_1").durationNanos()).isEqualTo(1_390_000_000L);
    assertThat(tool(rig, "call_00007_1").timeQuality()).isEqualTo(TimeQuality.EXACT);
  }

  private static ScopeEnd tool(Rig rig, String callId) {
    return rig.ends(ScopeCategory.TOOL)
        .filter(end -> callId.equals(Rig.tool(end).callId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void costsAreHermesOwnAndNeverInvented() throws Exception {
    Map<String, Tally> tallies = Tally.of(rig("home", "none").run().events());
    assertThat(cost(tallies, "20261121_070255_1cdcd5 mock-alpha-1")).isEqualTo("0.01554");
    assertThat(cost(tallies, "20261121_070259_9ec114 mock-alpha-1")).isEqualTo("0.0480324");
    assertThat(cost(tallies, "20261121_070311_650005 mock-beta-mini")).isEqualTo("0.0036124");
    // Loop and title together.
    assertThat(cost(tallies, "20261121_070414_f69924 mock-alpha-1")).isEqualTo("0.0293448");
    assertThat(cost(tallies, "20261121_070400_b7bcee mock-beta-mini")).isEqualTo("0");
    ScopeEnd unpriced =
        rig("home", "none", "again")
            .run()
            .ends(ScopeCategory.LLM, "20261121_070400_b7bcee")
            .findFirst()
            .orElseThrow();
    assertThat(Rig.llm(unpriced).cost()).isNull();
    assertThat(Rig.llm(unpriced).usage()).isNotNull();
  }

  private static String cost(Map<String, Tally> tallies, String key) {
    Tally tally = tallies.get(key);
    BigDecimal cost = tally == null ? BigDecimal.ONE.negate() : tally.cost;
    return cost.stripTrailingZeros().toPlainString();
  }

  @Test
  void failedTurnsEndWithTheLogAndStayOpenWithoutIt() throws Exception {
    Rig joined = rig("home", "none").run();
    ScopeEnd failed =
        joined.ends(ScopeCategory.AGENT, "20261121_070341_84834d").findFirst().orElseThrow();
    assertThat(failed.outcome().errorType()).isEqualTo("server_error");
    ScopeEnd refused =
        joined.ends(ScopeCategory.AGENT, "20261121_070410_0ce2f1").findFirst().orElseThrow();
    assertThat(refused.outcome().errorType()).isEqualTo("bad_request");
    // The child that never worked.
    assertThat(joined.openTurns).isEqualTo(1);

    Rig store = rig("home", "log", "store").run();
    assertThat(store.ends(ScopeCategory.AGENT, "20261121_070341_84834d")).isEmpty();
    assertThat(store.openTurns).isEqualTo(3);
  }

  @Test
  void retriesAreNumberedAndTimed() throws Exception {
    Rig rig = rig("home", "none").run();
    List<String> attempts =
        rig.ends(ScopeCategory.LLM, "20261121_070327_7cd77d")
            .map(end -> Rig.llm(end).attempt() + " " + end.outcome().errorType())
            .toList();
    assertThat(attempts)
        .containsExactly("1 rate_limit", "2 rate_limit", "3 null", "1 server_error", "2 null");
    ScopeEnd slow = rig.ends(ScopeCategory.LLM, "20261121_070400_b7bcee").findFirst().orElseThrow();
    assertThat(slow.durationNanos()).isEqualTo(7_400_000_000L);
    assertThat(slow.hasExactDuration()).isTrue();
  }

  @Test
  void aSubagentNestsUnderTheToolCallThatSpawnedIt() throws Exception {
    Rig rig = rig("home", "none").run();
    ScopeEnd child =
        rig.ends(ScopeCategory.AGENT, "20261121_070612_10e277").findFirst().orElseThrow();
    ScopeEnd delegate =
        rig.ends(ScopeCategory.TOOL, "20261121_070609_fab75e").findFirst().orElseThrow();
    assertThat(child.header().parentUuid()).isEqualTo(delegate.header().uuid());
    assertThat(child.header().traceRoot()).isEqualTo(delegate.header().traceRoot());
    assertThat(child.profile())
        .isInstanceOfSatisfying(
            AgentProfile.class, agent -> assertThat(agent.turnKind()).isEqualTo(TurnKind.SUBAGENT));
    ScopeEnd parent =
        rig.ends(ScopeCategory.AGENT, "20261121_070609_fab75e").findFirst().orElseThrow();
    assertThat(rig.events().indexOf(child)).isLessThan(rig.events().indexOf(parent));
    assertThat(marks(rig, Mark.SESSION_ENDED)).hasSize(3);
  }

  private static List<Mark> marks(Rig rig, String name) {
    return rig.events().stream()
        .filter(Mark.class::isInstance)
        .map(Mark.class::cast)
        .filter(mark -> mark.header().name().equals(name))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "log"})
  void everySessionStartsOnceAlsoWithoutATurnThatEnded(String without) throws Exception {
    List<Mark> starts = marks(rig("home", without).run(), Mark.SESSION_STARTED);
    assertThat(starts).extracting(mark -> mark.header().uuid()).hasSize(16).doesNotHaveDuplicates();
    Mark child =
        starts.stream()
            .filter(mark -> "20261121_070355_2a6680".equals(mark.header().origin().sessionId()))
            .findFirst()
            .orElseThrow();
    assertThat(child.header().origin().parentSessionId()).isEqualTo("20261121_070353_f9b19b");
    assertThat(child.header().timeNanos()).isEqualTo(child.header().origin().sessionStartNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "log"})
  void whateverIsReadTheIdsAreTheSame(String without) throws Exception {
    Set<UUID> turns = new HashSet<>();
    rig("home", without)
        .run()
        .ends(ScopeCategory.AGENT, "20261121_070311_650005")
        .forEach(end -> turns.add(end.header().uuid()));
    Set<UUID> others = new HashSet<>();
    rig("home", without.equals("none") ? "log" : "none", "other")
        .run()
        .ends(ScopeCategory.AGENT, "20261121_070311_650005")
        .forEach(end -> others.add(end.header().uuid()));
    assertThat(turns).hasSize(3).isEqualTo(others);
  }

  @Test
  void eachEndHasItsStartAndRootsEndLast() throws Exception {
    Rig rig = rig("home", "none").run();
    Set<UUID> open = new HashSet<>();
    Set<UUID> seen = new HashSet<>();
    Set<UUID> closedRoots = new HashSet<>();
    for (Event event : rig.events()) {
      UUID id = event.header().uuid();
      assertThat(closedRoots).doesNotContain(event.header().traceRoot());
      if (event instanceof ScopeStart) {
        assertThat(seen.add(id)).as("started once").isTrue();
        open.add(id);
      } else if (event instanceof ScopeEnd end) {
        assertThat(open.remove(id)).as("ended once").isTrue();
        assertThat(end.durationNanos()).isNotNegative();
        if (id.equals(event.header().traceRoot())) {
          closedRoots.add(id);
        }
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void theLogAloneKnowsTotalsAndFailures() throws Exception {
    Rig rig = rig("home", "store").run();
    Map<String, Tally> given = Tally.of(rig.events());
    Truth truth = Truth.of("truth.tsv");
    int compared = 0;
    for (Map.Entry<String, Tally> entry : given.entrySet()) {
      Tally server = truth.usage.get(entry.getKey());
      Tally tally = entry.getValue();
      if (server != null && !entry.getKey().matches(".*(f69924|653499|2075f3).*")) {
        assertThat(tally.input + "/" + tally.output + "/" + tally.cacheRead)
            .as(entry.getKey())
            .isEqualTo(server.input + "/" + server.output + "/" + server.cacheRead);
        compared++;
      }
    }
    // Two sessions ran without a log, three have auxiliary calls that it does not show.
    assertThat(compared).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"home", "cli", "live3"})
  void nothingOfTheHomeChanges(String home) throws Exception {
    Rig rig = rig(home, "none");
    Map<String, String> before = hashes();
    rig.run();
    assertThat(rig.events()).isNotEmpty();
    assertThat(hashes()).isEqualTo(before);
  }

  private Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (var files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith("-shm")) {
          hashes.put(
              dir.relativize(file).toString(),
              HexFormat.of().formatHex(TextHashes.sha256().digest(Files.readAllBytes(file))));
        }
      }
    }
    return hashes;
  }

  private Rig rig(String home, String without) {
    return rig(home, without, "home");
  }

  private Rig rig(String home, String without, String name) {
    Rig rig = Rig.onCopyOf(home, dir.resolve(name));
    return without.equals("none") ? rig : rig.without(without);
  }
}
