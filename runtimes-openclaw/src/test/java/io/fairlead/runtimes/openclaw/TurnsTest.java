package io.fairlead.runtimes.openclaw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lines mean: each trap of OpenClaw's transcripts once. */
class TurnsTest {

  private static final String ID = "11111111-2222-4333-8444-555555555555";
  private static final String START = "2026-11-20T08:00:00Z";
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"x\"}";

  @TempDir Path dir;

  private final Lines lines = Lines.store(ID, START);

  private Rig read(Lines given, String key) throws Exception {
    try (HomeBuilder home = new HomeBuilder(dir)) {
      home.window(ID, key, null, null, 1000).lines(ID, given.all());
      return new Rig(dir).run();
    }
  }

  private Rig read() throws Exception {
    return read(lines, "agent:main:x");
  }

  private static TurnKind kind(ScopeEnd turn) {
    return ((AgentProfile) Objects.requireNonNull(turn.profile())).turnKind();
  }

  @Test
  void aResultNobodyAskedForIsAToolCall() throws Exception {
    lines.ask("r", "x").result("r", "c", "no_such_tool", "\"isError\":true").answer("r", "sorry");
    ScopeEnd tool = read().ends(ScopeCategory.TOOL).findFirst().orElseThrow();
    assertThat(tool.header().name()).isEqualTo("no_such_tool");
    assertThat(tool.outcome().errorType()).isEqualTo("tool_error");
  }

  @Test
  void toolsBehindTheToolSearchHaveTheirOwnNames() throws Exception {
    lines
        .ask("r", "x")
        .useTool("r", "c", "tool_call", "{\"id\":\"browser_open\",\"args\":{\"url\":\"u\"}}")
        .result("r", "c", "tool_call", "\"details\":{}")
        .answer("r", "done");
    assertThat(read().ends(ScopeCategory.TOOL).map(end -> end.header().name()))
        .containsExactly("browser_open");
  }

  @Test
  void idsThatRepeatAreCallsOfTheirOwn() throws Exception {
    lines.ask("r", "x");
    for (int i = 0; i < 3; i++) {
      lines
          .useTool("r", "same", "exec", "{}")
          .result("r", "same", "exec", "\"details\":{\"exitCode\":" + i + "}");
    }
    Rig rig = read(lines.answer("r", "done"), "agent:main:x");
    assertThat(rig.ends(ScopeCategory.TOOL).map(end -> Rig.tool(end).exitCode()))
        .containsExactly(0, 1, 2);
    assertThat(rig.ids().stream().distinct().count() * 2).isEqualTo(rig.scopes().size());
  }

  @Test
  void aToolWithoutResultIsIncomplete() throws Exception {
    lines.ask("r", "x").useTool("r", "c", "exec", "{}").ask("s", "y").answer("s", "done");
    Rig rig = read();
    ScopeEnd tool = rig.ends(ScopeCategory.TOOL).findFirst().orElseThrow();
    assertThat(tool.incomplete()).isTrue();
    assertThat(Rig.tool(tool).resultKnown()).isFalse();
    assertThat(rig.ends(ScopeCategory.AGENT).filter(ScopeEnd::incomplete)).hasSize(1);
  }

  @Test
  void aTurnWaitsWhileOnlyAMessageLiesInTheQueue() throws Exception {
    lines.ask("r", "x").useTool("r", "c", "exec", "{}").ask("s", "y");
    assertThat(read().scopes()).filteredOn(e -> e.header().name().equals("main")).isEmpty();
  }

  @Test
  void anAbortedTurnIsCancelled() throws Exception {
    String nothing =
        "{\"input\":0,\"output\":0,\"cacheRead\":0,\"cacheWrite\":0,\"totalTokens\":0}";
    lines.ask("r", "x").assistant("r", "aborted", TEXT, nothing);
    Rig rig = read();
    ScopeEnd call = rig.ends(ScopeCategory.LLM).findFirst().orElseThrow();
    assertThat(call.outcome().errorType()).isEqualTo("cancelled");
    assertThat(Rig.llm(call).usage()).isNull();
    assertThat(rig.ends(ScopeCategory.AGENT).findFirst().orElseThrow().outcome().errorType())
        .isEqualTo("cancelled");
  }

  @Test
  void aTurnRefusedInACooldownFailed() throws Exception {
    lines
        .ask("r", "x")
        .line(
            "\"type\":\"custom_message\",\"customType\":\"run-failed-before-reply\",\"details\":{"
                + "\"runId\":\"r\",\"error\":\"all auth profiles are in cooldown\"}");
    Rig rig = read();
    assertThat(rig.ends(ScopeCategory.LLM)).isEmpty();
    assertThat(rig.ends(ScopeCategory.AGENT).findFirst().orElseThrow().outcome().errorType())
        .isEqualTo("cooldown");
  }

  @Test
  void runsNobodyAskedForAreInternal() throws Exception {
    lines.answer("skill-workshop-review:1", "reviewed").ask("r", "x").answer("r", "y");
    Rig rig = read();
    assertThat(rig.ends(ScopeCategory.AGENT).map(TurnsTest::kind))
        .containsExactly(TurnKind.INTERNAL, TurnKind.USER);
    assertThat(Rig.llm(rig.ends(ScopeCategory.LLM).findFirst().orElseThrow()).usage()).isNotNull();
  }

  @Test
  void internalSessionsAreInternal() throws Exception {
    lines.ask("r", "x").answer("r", "y");
    Rig rig = read(lines, "agent:main:internal-session-effects:1");
    assertThat(rig.ends(ScopeCategory.AGENT).map(TurnsTest::kind))
        .containsExactly(TurnKind.INTERNAL);
  }

  @Test
  void theSessionGoesOnAfterAReset() throws Exception {
    lines.ask("r", "x").answer("r", "y").line("\"type\":\"reset\",\"reason\":\"new\"");
    lines.line("\"type\":\"compaction\",\"summary\":\"s\"").ask("s", "x").answer("s", "y");
    assertThat(read().ends(ScopeCategory.AGENT)).hasSize(2).noneMatch(ScopeEnd::incomplete);
  }

  @Test
  void equalTextsOfOldReleasesAreTurnsOfTheirOwn() throws Exception {
    Lines old = Lines.file(ID, START).ask("", "x").answer("", "y").ask("", "x").answer("", "y");
    try (HomeBuilder home = new HomeBuilder(dir)) {
      home.file(ID + ".jsonl", old.all());
    }
    Rig rig = new Rig(dir).run();
    assertThat(rig.ends(ScopeCategory.AGENT)).hasSize(2);
    assertThat(rig.ids().stream().distinct()).hasSize(4);
  }

  @Test
  void aCostOfNothingIsUnknownUnlessTheModelIsFree() throws Exception {
    String usage =
        "{\"input\":100,\"output\":10,\"cacheRead\":0,\"cacheWrite\":0,\"totalTokens\":110,"
            + "\"cost\":{\"total\":0}}";
    lines.ask("r", "x").assistant("r", "stop", TEXT, usage);
    ScopeEnd unknown = read().ends(ScopeCategory.LLM).findFirst().orElseThrow();
    assertThat(Rig.llm(unknown).cost()).isNull();

    Files.writeString(
        dir.resolve("openclaw.json"),
        """
        { // what people write
          models: { providers: { mock: { models: [
            { id: 'mock-large', cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, },
          ] } } },
        }
        """);
    ScopeEnd free = new Rig(dir).run().ends(ScopeCategory.LLM).findFirst().orElseThrow();
    assertThat(Rig.llm(free).cost())
        .isEqualTo(new Cost(BigDecimal.ZERO, "USD", Cost.Status.ESTIMATED, Cost.Source.RUNTIME));
  }

  @Test
  void anAnswerWithoutCountsHasNoUsage() throws Exception {
    lines.ask("r", "x").assistant("r", "stop", TEXT, "{\"input\":0,\"output\":0}");
    ScopeEnd call = read().ends(ScopeCategory.LLM).findFirst().orElseThrow();
    assertThat(Rig.llm(call).usage()).isNull();
    assertThat(Rig.llm(call).cost()).isNull();
  }

  @Test
  void onlyOldReleasesShiftCacheWrites() {
    JsonValue usage =
        Objects.requireNonNull(
            JsonValue.parse(
                "{\"input\":712,\"output\":40,\"cacheRead\":8488,\"cacheWrite\":512,\"cost\":{"
                    + "\"input\":0.00178,\"output\":0.0004,\"cacheRead\":0.002122,"
                    + "\"cacheWrite\":0.0016,\"total\":0.005902}}"));
    UsageReader old = UsageReader.of(usage, 3, "openai-completions");
    assertThat(old.tokens()).isEqualTo(TokenUsage.of(200, 9000, 512, 40, TokenUsage.UNKNOWN));
    assertThat(old.cost()).isEqualByComparingTo("0.00475");
    for (UsageReader same :
        List.of(
            UsageReader.of(usage, 4, "openai-completions"),
            UsageReader.of(usage, 3, "anthropic-messages"))) {
      assertThat(same.tokens()).isEqualTo(TokenUsage.of(712, 8488, 512, 40, TokenUsage.UNKNOWN));
      assertThat(same.cost()).isEqualByComparingTo("0.005902");
    }
  }

  @Test
  void linesThatAreNoTranscriptAreLeftOut() throws Exception {
    try (HomeBuilder home = new HomeBuilder(dir)) {
      home.append(ID + ".jsonl", "no json\n{\"type\":7}\n[]\n\n{\"type\":\"message\"}\n")
          .append(ID + ".jsonl", "[".repeat(5000) + "\n")
          .file(ID + ".jsonl", Lines.file(ID, START).ask("", "x").answer("", "y").all());
    }
    assertThat(new Rig(dir).run().ends(ScopeCategory.LLM)).hasSize(1);
  }

  @Test
  void errorTypesAreFromTheList() {
    assertThat(ErrorTypes.of("429", null, null)).isEqualTo("rate_limit");
    assertThat(ErrorTypes.of(null, null, "500 The server had an error")).isEqualTo("server_error");
    assertThat(ErrorTypes.of(null, null, "401 Incorrect API key")).isEqualTo("auth");
    assertThat(ErrorTypes.of(null, null, "Request timed out.")).isEqualTo("timeout");
    assertThat(ErrorTypes.of(null, "overloaded_error", "x")).isEqualTo("server_error");
    assertThat(ErrorTypes.of("ECONNRESET", null, "socket hang up")).isEqualTo("connection");
    assertThat(ErrorTypes.of(null, null, "5000 ways")).isEqualTo("_OTHER");
    assertThat(ErrorTypes.of(null, null, null)).isEqualTo("_OTHER");
  }

  @Test
  void failuresOfOldReleasesMayBeTriedAgain() throws Exception {
    Lines old = Lines.file(ID, START).ask("", "x").assistant("", "error", "", "{}");
    try (HomeBuilder home = new HomeBuilder(dir)) {
      home.file(ID + ".jsonl", old.all());
      Rig rig = new Rig(dir);
      rig.clock.set(Instant.parse(START).plusSeconds(60));
      rig.run();
      assertThat(rig.scopes()).isEmpty();
      assertThat(rig.openTurns).isEqualTo(1);
      home.file(ID + ".jsonl", old.answer("", "ok").from(3));
    }
    Rig rig = new Rig(dir).run();
    assertThat(rig.ends(ScopeCategory.LLM).map(end -> end.outcome().isError()))
        .containsExactly(true, false);
    assertThat(rig.ends(ScopeCategory.AGENT)).noneMatch(end -> end.outcome().isError());
  }
}
