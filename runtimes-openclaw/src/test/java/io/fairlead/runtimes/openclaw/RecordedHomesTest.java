package io.fairlead.runtimes.openclaw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes as two releases left them, against the log of the model server they talked to. */
class RecordedHomesTest {

  private static final String DELEGATOR = "f5e185ed-91c6-47d2-a008-8b839d47c8f8";
  private static final String DELEGATE = "ed8d021b-d984-414f-8f06-653b1fa721f8";
  private static final String OLD_DELEGATOR = "b438a93a-0e59-4243-9fae-26087b8111d0";
  private static final String OLD_DELEGATE = "cecd2b3a-f605-41b4-888b-738e022ac0bc";

  /** What each of OpenClaw's own turns about a spawned agent cost, which the log does not name. */
  private static final String ANNOUNCED = "120 4";

  @TempDir Path directory;

  @Test
  void storeSaysWhatTheModelServerSaw() throws Exception {
    Rig rig = Rig.onCopyOf("store", directory).run();

    assertThat(spent(rig)).isEqualTo(truth("v2026.9.6", true, DELEGATOR));
    assertThat(rig.openTurns).isZero();
    assertThat(rig.diagnostics.codes()).isEmpty();
  }

  @Test
  void filesSayWhatTheModelServerSaw() throws Exception {
    Rig rig = Rig.onCopyOf("files", directory).run();

    Map<String, String> expected =
        truth(
            "v2026.4.29",
            false,
            "bacfb73a-9913-492a-b1b2-1ad4462888d2",
            "b438a93a-0e59-4243-9fae-26087b8111d0");
    assertThat(spent(rig)).isEqualTo(expected);
    assertThat(rig.openTurns).isZero();
  }

  @Test
  void toolsAreThoseTheModelAskedFor() throws Exception {
    Rig store = Rig.onCopyOf("store", directory.resolve("store")).run();
    Rig files = Rig.onCopyOf("files", directory.resolve("files")).run();

    assertThat(tools(store)).isEqualTo(toolTruth("v2026.9.6"));
    assertThat(tools(files)).isEqualTo(toolTruth("v2026.4.29"));
  }

  @Test
  void failedToolsSayHow() throws Exception {
    Rig rig = Rig.onCopyOf("store", directory).run();

    List<String> failed =
        rig.ends(ScopeCategory.TOOL)
            .filter(end -> end.outcome().isError())
            .map(end -> end.header().name() + " " + end.outcome().errorType())
            .sorted()
            .toList();
    assertThat(failed)
        .containsExactly("exec exit_code", "read tool_error", "sessions_spawn tool_error");
  }

  @Test
  void failuresOfCallsAreAttempts() throws Exception {
    Rig store = Rig.onCopyOf("store", directory.resolve("store")).run();
    Rig files = Rig.onCopyOf("files", directory.resolve("files")).run();

    List<ScopeEnd> failed =
        store.ends(ScopeCategory.LLM).filter(end -> end.outcome().isError()).toList();
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).outcome().errorType()).isEqualTo("server_error");
    assertThat(Rig.llm(failed.get(0)).usage()).isNull();
    assertThat(Rig.llm(failed.get(0)).cost()).isNull();
    assertThat(files.ends(ScopeCategory.LLM).filter(end -> end.outcome().isError())).hasSize(8);
    assertThat(files.ends(ScopeCategory.AGENT).filter(end -> end.outcome().isError())).hasSize(2);
  }

  @Test
  void timesAreOpenClaws() throws Exception {
    Rig rig = Rig.onCopyOf("store", directory).run();

    ScopeEnd slow =
        rig.ends(ScopeCategory.LLM, "d6c89b59-124d-4341-b918-6ebf7b17ce0b").findFirst().get();
    assertThat(slow.start().header().timeNanos() / 1_000_000)
        .isBetween(1795245444000L, 1795245444200L);
    assertThat(slow.durationNanos()).isBetween(5_000_000_000L, 5_200_000_000L);
    ScopeEnd exec =
        rig.ends(ScopeCategory.TOOL, "cb18c069-3092-402c-be0b-74098434df87").findFirst().get();
    assertThat(exec.timeQuality()).isEqualTo(TimeQuality.EXACT);
    List<ScopeEnd> read =
        rig.ends(ScopeCategory.TOOL).filter(end -> end.header().name().equals("read")).toList();
    assertThat(read).isNotEmpty().allMatch(end -> !end.hasExactDuration());
  }

  @Test
  void parentsHoldTheirChildren() throws Exception {
    for (String home : List.of("store", "files")) {
      Rig rig = Rig.onCopyOf(home, directory.resolve(home)).run();
      Map<UUID, ScopeEnd> roots = new TreeMap<>();
      rig.ends(ScopeCategory.AGENT).forEach(end -> roots.put(end.header().uuid(), end));
      rig.events().stream()
          .filter(ScopeEnd.class::isInstance)
          .map(ScopeEnd.class::cast)
          .filter(end -> end.category() != ScopeCategory.AGENT)
          .forEach(
              child -> {
                UUID parent = Objects.requireNonNull(child.header().parentUuid());
                ScopeEnd root = Objects.requireNonNull(roots.get(parent));
                assertThat(root.start().header().timeNanos())
                    .isLessThanOrEqualTo(child.start().header().timeNanos());
                assertThat(root.header().timeNanos())
                    .isGreaterThanOrEqualTo(child.header().timeNanos());
              });
    }
  }

  @Test
  void spawnedAgentsNestUnderTheToolCall() throws Exception {
    nests(Rig.onCopyOf("store", directory.resolve("store")).run(), DELEGATOR, DELEGATE);
    nests(Rig.onCopyOf("files", directory.resolve("files")).run(), OLD_DELEGATOR, OLD_DELEGATE);
  }

  private static void nests(Rig rig, String parent, String child) {
    ScopeEnd tool =
        rig.ends(ScopeCategory.TOOL, parent)
            .filter(end -> end.header().name().equals("sessions_spawn"))
            .findFirst()
            .orElseThrow();
    List<ScopeEnd> turns = rig.ends(ScopeCategory.AGENT, child).toList();
    assertThat(turns.get(0).header().parentUuid()).isEqualTo(tool.header().uuid());
    assertThat(turns.get(0).header().traceRoot()).isEqualTo(tool.header().traceRoot());
    assertThat(turns.get(0).header().origin().parentSessionId()).isEqualTo(parent);
    assertThat(kind(turns.get(0))).isEqualTo(TurnKind.SUBAGENT);
    ScopeEnd announced =
        rig.ends(ScopeCategory.AGENT, parent)
            .filter(end -> kind(end) == TurnKind.SUBAGENT)
            .findFirst()
            .orElseThrow();
    assertThat(announced.start().isTraceRoot()).isTrue();
    assertThat(announced.start().links()).hasSize(1);
    assertThat(announced.start().links().get(0).scope()).isEqualTo(turns.get(0).header().uuid());
    assertThat(announced.start().links().get(0).relation()).isEqualTo("announces");
  }

  private static TurnKind kind(ScopeEnd end) {
    return ((AgentProfile) Objects.requireNonNull(end.profile())).turnKind();
  }

  @Test
  void messagesSteeredIntoARunStartNoTurn() throws Exception {
    Rig rig = Rig.onCopyOf("store", directory).run();

    assertThat(rig.ends(ScopeCategory.AGENT, "a6b766fa-76a1-45fa-8f25-15eda6f32f35")).hasSize(1);
    assertThat(rig.ends(ScopeCategory.AGENT, "ce07404f-0b3a-4909-8758-ded947cc24f3")).hasSize(4);
  }

  @Test
  void idsAndOrderAreTheSameEachTime() throws Exception {
    Rig first = Rig.onCopyOf("store", directory.resolve("here")).run();
    Rig second = Rig.onCopyOf("store", directory.resolve("there")).run();

    assertThat(first.events()).hasSizeGreaterThan(100).isEqualTo(second.events());
    assertThat(first.ids().stream().distinct().count() * 2).isEqualTo(first.ids().size());
  }

  @Test
  void aHomeIsOnlyRead() throws Exception {
    Rig rig = Rig.onCopyOf("store", directory);
    Path store = directory.resolve("agents/main/agent/openclaw-agent.sqlite");
    byte[] before = Files.readAllBytes(store);

    rig.run();

    assertThat(Files.readAllBytes(store)).isEqualTo(before);
    try (var files = Files.list(Objects.requireNonNull(store.getParent()))) {
      assertThat(files).containsExactly(store);
    }
  }

  @Test
  void contentIsDeliveredOnRequestOnly() throws Exception {
    Rig silent = Rig.onCopyOf("store", directory.resolve("silent")).run();
    Rig rig = Rig.onCopyOf("store", directory.resolve("open"));
    rig.captureContent().run();

    assertThat(silent.events()).allMatch(event -> event.header().data() == null);
    ScopeEnd exec =
        rig.ends(ScopeCategory.TOOL, "cb18c069-3092-402c-be0b-74098434df87").findFirst().get();
    assertThat(Objects.requireNonNull(exec.start().header().data()).text())
        .isEqualTo("{\"command\":\"sleep 0.4; echo one\"}");
    assertThat(Objects.requireNonNull(exec.header().data()).text()).isEqualTo("\"one\"");
    assertThat(silent.ids()).isEqualTo(rig.ids());
  }

  /** A turn says what was asked and answered, a call what is new to it and what it answered. */
  @Test
  void contentOfTurnsAndCalls() throws Exception {
    Rig rig = Rig.onCopyOf("store", directory).captureContent().run();
    String session = "cb18c069-3092-402c-be0b-74098434df87";
    List<ScopeEnd> calls = rig.ends(ScopeCategory.LLM, session).toList();
    ScopeEnd turn = rig.ends(ScopeCategory.AGENT, session).findFirst().orElseThrow();

    String asked = text(turn.start());
    assertThat(text(calls.get(0).start()))
        .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":" + asked + "}]}");
    assertThat(text(calls.get(0)))
        .contains("\"tool_calls\":[{\"id\":", "{\\\"command\\\":\\\"sleep 0.4; echo one\\\"}");
    assertThat(text(calls.get(1).start()))
        .contains("{\"role\":\"tool\",\"tool_call_id\":", "\"content\":\"one\"}")
        .doesNotContain(asked);
    assertThat(text(turn)).startsWith("\"").isEqualTo(text(calls.get(1)));
  }

  private static String text(Event event) {
    return Objects.requireNonNull(event.header().data()).text();
  }

  /** Ten turns each, 9,380 uncached input tokens of which 1,024 more were written to a cache. */
  @Test
  void cacheWritesOverTheResponsesInterfaceAreInput() throws Exception {
    Rig completions = corpus("completions");
    Rig responses = corpus("responses");

    assertThat(usage(completions))
        .isEqualTo(new TokenUsage(9380, 32400, 1024, 0, 0, 340, 96, 0, -1, 436));
    assertThat(usage(responses))
        .isEqualTo(new TokenUsage(10404, 32400, 0, 0, 0, 340, 96, 0, -1, 436));
    for (Rig rig : List.of(completions, responses)) {
      assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(10);
      assertThat(rig.ends(ScopeCategory.LLM)).hasSize(16);
      assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(6);
    }
  }

  private Rig corpus(String name) throws Exception {
    List<String> lines = Files.readAllLines(Rig.resource("corpus/" + name + ".jsonl"));
    String id = Objects.requireNonNull(JsonValue.parse(lines.get(0))).text("id", "");
    try (HomeBuilder home = new HomeBuilder(directory.resolve(name))) {
      home.window(id, "agent:main:" + name, null, null, 1000).lines(id, lines);
      return new Rig(home.home).run();
    }
  }

  private static TokenUsage usage(Rig rig) {
    return rig.ends(ScopeCategory.LLM)
        .map(end -> Objects.requireNonNull(Rig.llm(end).usage()))
        .reduce(TokenUsage.ZERO, TokenUsage::plus);
  }

  private static Map<String, String> spent(Rig rig) {
    Map<String, List<LlmProfile>> calls = new TreeMap<>();
    rig.ends(ScopeCategory.LLM)
        .filter(end -> !end.outcome().isError())
        .forEach(
            end -> {
              LlmProfile llm = Rig.llm(end);
              assertThat(llm.counting()).isEqualTo(LlmProfile.Counting.CALL_AND_USAGE);
              String key =
                  end.header().origin().sessionId()
                      + " "
                      + llm.provider()
                      + "/"
                      + llm.requestModel();
              calls.computeIfAbsent(key, k -> new ArrayList<>()).add(llm);
            });
    Map<String, String> spent = new TreeMap<>();
    calls.forEach((key, list) -> spent.put(key, sum(list)));
    spent.keySet().removeIf(RecordedHomesTest::isSpawned);
    return spent;
  }

  /** Sessions whose calls the log counts under those that spawned them. */
  private static boolean isSpawned(String key) {
    return key.startsWith(DELEGATE)
        || key.startsWith(OLD_DELEGATE)
        || key.startsWith("f3570f6b-6ce4-43ce-a6d6-2411ac9fc609");
  }

  private static String sum(List<LlmProfile> calls) {
    TokenUsage usage = TokenUsage.ZERO;
    BigDecimal cost = BigDecimal.ZERO;
    for (LlmProfile call : calls) {
      usage = usage.plus(Objects.requireNonNull(call.usage()));
      Cost amount = Objects.requireNonNull(call.cost());
      assertThat(amount.status()).isEqualTo(Cost.Status.ESTIMATED);
      assertThat(amount.source()).isEqualTo(Cost.Source.RUNTIME);
      cost = cost.add(amount.amount());
    }
    return line(
        calls.size(),
        usage.input(),
        usage.totalOutput(),
        usage.cacheRead(),
        usage.cacheWrite(),
        usage.reasoning(),
        cost);
  }

  private static String line(
      long calls, long in, long out, long read, long write, long reasoning, BigDecimal cost) {
    return calls
        + " calls "
        + in
        + " "
        + out
        + " "
        + read
        + " "
        + write
        + " "
        + reasoning
        + " "
        + cost.stripTrailingZeros().toPlainString();
  }

  /** The log by session and model, with the announce turns of some sessions added. */
  private static Map<String, String> truth(String version, boolean reasoning, String... announced)
      throws IOException {
    Map<String, String> truth = new TreeMap<>();
    for (String[] f : lines(version)) {
      if (f[3].equals("tools")) {
        continue;
      }
      boolean more = List.of(announced).contains(f[2]);
      String[] extra = more ? ANNOUNCED.split(" ") : new String[] {"0", "0"};
      boolean known = reasoning && !f[3].startsWith("mocka/");
      truth.put(
          f[2] + " " + f[3],
          line(
              Long.parseLong(f[4]) + (more ? 1 : 0),
              Long.parseLong(f[6]) + Long.parseLong(extra[0]),
              Long.parseLong(f[7]) + Long.parseLong(extra[1]),
              Long.parseLong(f[8]),
              Long.parseLong(f[9]),
              known ? Long.parseLong(f[10]) : TokenUsage.UNKNOWN,
              new BigDecimal(f[11]).add(new BigDecimal(more ? "0.00034" : "0"))));
    }
    return truth;
  }

  private static Map<String, String> toolTruth(String version) throws IOException {
    Map<String, String> truth = new TreeMap<>();
    for (String[] f : lines(version)) {
      if (f[3].equals("tools")) {
        truth.put(f[2], f[4]);
      }
    }
    return truth;
  }

  private static Map<String, String> tools(Rig rig) {
    Map<String, List<String>> names = new TreeMap<>();
    rig.ends(ScopeCategory.TOOL)
        .forEach(
            end -> {
              String session = String.valueOf(end.header().origin().sessionId());
              if (!isSpawned(session)) {
                names.computeIfAbsent(session, k -> new ArrayList<>()).add(end.header().name());
              }
            });
    Map<String, String> tools = new TreeMap<>();
    names.forEach(
        (session, list) -> tools.put(session, String.join(" ", list.stream().sorted().toList())));
    return tools;
  }

  private static List<String[]> lines(String version) throws IOException {
    return Files.readAllLines(Rig.resource("truth.tsv"), StandardCharsets.UTF_8).stream()
        .map(line -> line.split("\t"))
        .filter(fields -> fields[0].equals(version))
        .toList();
  }
}
