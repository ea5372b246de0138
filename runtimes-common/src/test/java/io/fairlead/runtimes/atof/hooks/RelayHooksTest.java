package io.fairlead.runtimes.atof.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.runtimes.common.http.HttpRequest;
import io.fairlead.testkit.InMemoryState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our records against those Relay 0.7.3 wrote for the same hooks. */
class RelayHooksTest {

  private final Hooks hooks = new Hooks(true, Duration.ofMinutes(30));
  private final InMemoryState state = new InMemoryState();
  private long time = 1_700_000_000_000_000_000L;

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RelayHooksTest.class.getResourceAsStream("/hooks/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> post(String agent, String body) {
    HttpRequest request =
        new HttpRequest("POST", "/hooks/" + agent, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    time += 1_000_000;
    return hooks.accept(Objects.requireNonNull(HookAgent.ofWireName(agent)), request, time);
  }

  private List<Map<String, @Nullable Object>> play(String scenario, boolean restarting)
      throws IOException {
    Payload script = new Payload(JsonTree.parse(resource(scenario + "/script.json")));
    String endpoint = String.valueOf(script.text("endpoint"));
    String agent = endpoint.substring(endpoint.lastIndexOf('/') + 1);
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (Object step : (List<?>) Objects.requireNonNull(script.value("steps"))) {
      Payload one = new Payload(step);
      String raw = one.text("raw");
      String body = raw != null ? raw : JsonTree.write(one.value("payload"));
      if ("400".equals(one.text("response.status"))) {
        assertThatIllegalArgumentException().isThrownBy(() -> post(agent, body));
        continue;
      }
      for (String line : post(agent, body)) {
        records.add(Tree.object(JsonTree.parse(line)));
      }
      state.apply(hooks.changes());
      if (restarting) {
        hooks.load(state);
      }
    }
    return records;
  }

  private static List<Map<String, @Nullable Object>> recorded(String scenario) throws IOException {
    return resource(scenario + "/events.jsonl")
        .lines()
        .map(line -> Tree.object(JsonTree.parse(line)))
        .toList();
  }

  /** Records with UUIDs and made-up ids by order of appearance, without times. */
  private static List<String> normal(List<Map<String, @Nullable Object>> records) {
    return RelayRecords.normal(
        records.stream()
            .filter(record -> !"gateway_shutdown".equals(text(record, "data.status")))
            .filter(record -> !isFallback(Tree.object(record.get("metadata")), record))
            .toList());
  }

  /** Relay opens a session for each hook without one; here they share one. */
  private static boolean isFallback(
      Map<String, @Nullable Object> metadata, Map<String, @Nullable Object> record) {
    boolean unknown = "unknown".equals(metadata.get("hook_event_name"));
    return String.valueOf(metadata.get("session_id")).startsWith("hook-")
        || (unknown && "mark".equals(record.get("kind")) && !(record.get("data") instanceof Map));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hermes-01-full-turn",
        "hermes-02-failures",
        "hermes-03-subagent",
        "hermes-04-shutdown",
        "hermes-05-two-turns",
        "claude-01-turn",
        "claude-02-subagents",
        "codex-01-turn",
        "codex-02-child-thread"
      })
  void everyRecordIsTheOneRelayWrote(String scenario) throws IOException {
    List<String> relay = normal(recorded(scenario));
    assertThat(relay).isNotEmpty();
    assertThat(normal(play(scenario, false))).containsExactlyElementsOf(relay);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hermes-01-full-turn", "hermes-03-subagent", "claude-02-subagents"})
  void aRestartBetweenAnyTwoHooksChangesNothing(String scenario) throws IOException {
    assertThat(normal(play(scenario, true))).containsExactlyElementsOf(normal(recorded(scenario)));
  }

  private static @Nullable String text(Map<String, @Nullable Object> record, String path) {
    return new Payload(record).text(path);
  }

  private List<Map<String, @Nullable Object>> ends(String scenario, String category)
      throws IOException {
    return play(scenario, false).stream()
        .filter(record -> "end".equals(record.get("scope_category")))
        .filter(record -> category.equals(record.get("category")))
        .toList();
  }

  private static @Nullable Object status(Map<String, @Nullable Object> record, String key) {
    return Tree.object(record.get("metadata")).get(key);
  }

  @Test
  void failuresAreErrors() throws IOException {
    assertThat(ends("hermes-02-failures", "llm").get(0))
        .satisfies(
            end -> {
              assertThat(status(end, "otel.status_code")).isEqualTo("ERROR");
              assertThat(status(end, "error.type")).isEqualTo("rate_limit");
            });
    assertThat(ends("hermes-02-failures", "tool").get(0))
        .satisfies(end -> assertThat(status(end, "error.type")).isEqualTo("tool_error"));
    assertThat(ends("claude-01-turn", "tool"))
        .extracting(end -> status(end, "error.type"))
        .containsExactly(null, "tool_error", "blocked", null, null);
  }

  @Test
  void noRecordHoldsAConfiguration() throws IOException {
    assertThat(play("hermes-01-full-turn", false))
        .noneMatch(record -> Tree.object(record.get("metadata")).containsKey("plugin_config"));
  }

  @Test
  void hooksSentAgainMakeNoSecondScope() {
    String pre =
        """
        {"hook_event_name":"PreToolUse","session_id":"s","tool_name":"Bash","tool_use_id":"u1"}""";
    String post = pre.replace("PreToolUse", "PostToolUse");
    assertThat(post("claude-code", pre)).hasSize(2);
    assertThat(post("claude-code", pre)).isEmpty();
    assertThat(post("claude-code", post)).hasSize(1);
    state.apply(hooks.changes());
    hooks.load(state);
    assertThat(post("claude-code", pre)).as("after a restart").isEmpty();
    assertThat(post("claude-code", post)).isEmpty();
  }

  @Test
  void anIdUsedAgainInAnotherTurnIsAnotherCall() {
    String pre =
        """
        {"hook_event_name":"PreToolUse","session_id":"s","tool_name":"Bash","tool_use_id":"u1"}""";
    String post = pre.replace("PreToolUse", "PostToolUse");
    List<String> first = new ArrayList<>(post("claude-code", pre));
    first.addAll(post("claude-code", post));
    post("claude-code", "{\"hook_event_name\":\"UserPromptSubmit\",\"session_id\":\"s\"}");
    List<String> second = new ArrayList<>(post("claude-code", pre));
    second.addAll(post("claude-code", post));
    assertThat(second).hasSize(2);
    String again = pre.replace("Bash", "Read");
    second.addAll(post("claude-code", again));
    assertThat(second).as("in one turn, another call under the same id").hasSize(3);
    assertThat(second.stream().map(line -> text(Tree.object(JsonTree.parse(line)), "uuid")))
        .doesNotContainAnyElementsOf(
            first.stream().map(line -> text(Tree.object(JsonTree.parse(line)), "uuid")).toList());
  }

  @Test
  void aChildThatBeginsBeforeItsParentIsRememberedOverARestart() {
    String child =
        """
        {"hook_event_name":"sessionStart","session_id":"c","source":{"subagent":{"thread_spawn":\
        {"parent_thread_id":"p"}}}}""";
    assertThat(post("codex", child)).isEmpty();
    state.apply(hooks.changes());
    hooks.load(state);
    assertThat(post("codex", "{\"hook_event_name\":\"sessionStart\",\"session_id\":\"p\"}"))
        .anySatisfy(line -> assertThat(line).contains("subagent:c"));
  }

  @Test
  void aSessionTooManyClosesTheOneUsedLongestAgo() {
    for (int i = 0; i < HookSessions.MOST; i++) {
      post("codex", "{\"hook_event_name\":\"userPromptSubmit\",\"session_id\":\"s" + i + "\"}");
    }
    assertThat(hooks.openTurns()).isEqualTo(HookSessions.MOST);
    post("codex", "{\"hook_event_name\":\"notification\",\"session_id\":\"s0\"}");
    List<String> lines =
        post("codex", "{\"hook_event_name\":\"userPromptSubmit\",\"session_id\":\"new\"}");
    assertThat(hooks.openTurns()).isEqualTo(HookSessions.MOST);
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line).contains("\"too_many_sessions\"", "\"session_id\":\"s1\"");
              assertThat(Hooks.isConcluded(line)).isTrue();
            });
  }

  @Test
  void theSameHooksGiveTheSameIdsInAnotherProgram() throws IOException {
    List<Object> first = new ArrayList<>();
    play("claude-02-subagents", false)
        .forEach(record -> first.add(String.valueOf(record.get("uuid"))));
    RelayHooksTest other = new RelayHooksTest();
    assertThat(other.play("claude-02-subagents", false))
        .extracting(record -> String.valueOf(record.get("uuid")))
        .containsExactlyElementsOf(first.stream().map(String::valueOf).toList());
    assertThat(Set.copyOf(first)).hasSizeGreaterThan(5);
  }

  @Test
  void hooksWithoutASessionShareOne() {
    post("hermes", "{\"hook_event_name\":\"odd\"}");
    assertThat(post("hermes", "{\"hook_event_name\":\"other\"}"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("hook_mark"));
  }

  @Test
  void aTurnInWhichNothingHappensEnds() {
    post("codex", "{\"hook_event_name\":\"userPromptSubmit\",\"session_id\":\"s\"}");
    assertThat(hooks.openTurns()).isEqualTo(1);
    assertThat(hooks.endIdle(time + 1)).isEmpty();
    List<String> lines = hooks.endIdle(time + Duration.ofHours(1).toNanos());
    assertThat(lines).singleElement().satisfies(line -> assertThat(line).contains("idle_timeout"));
    assertThat(Hooks.isConcluded(lines.get(0))).isTrue();
    assertThat(hooks.openTurns()).isZero();
  }

  @Test
  void contentIsNotKeptInTheStateEitherUnlessAskedFor() {
    Hooks quiet = new Hooks(false, Duration.ofMinutes(1));
    StringBuilder state = new StringBuilder();
    for (String body :
        List.of(
            "{\"hook_event_name\":\"on_session_start\",\"session_id\":\"p\"}",
            """
            {"hook_event_name":"subagent_start","session_id":"p","child_session_id":"c",\
            "extra":{"child_goal":"the s3cret","child_role":"leaf"}}""",
            """
            {"hook_event_name":"on_session_start","session_id":"k","child_session_id":"k",\
            "parent_session_id":"unseen","prompt":"the s3cret plan","child_goal":"s3cret"}""")) {
      HttpRequest request =
          new HttpRequest("POST", "/", Map.of(), body.getBytes(StandardCharsets.UTF_8));
      quiet.accept(HookAgent.HERMES, request, 1);
      quiet
          .changes()
          .forEach(
              (key, value) -> {
                String text = value == null ? "" : new String(value, StandardCharsets.UTF_8);
                state.append(key).append(text).append('\n');
              });
    }
    assertThat(state.toString()).contains("unseen", "leaf").doesNotContain("s3cret");
  }

  @Test
  void contentIsLeftOutUnlessAskedFor() {
    Hooks quiet = new Hooks(false, Duration.ofMinutes(1));
    List<String> lines = new ArrayList<>();
    for (String body :
        List.of(
            """
            {"hook_event_name":"pre_api_request","session_id":"s","api_request_id":"r","model":"m",\
            "request":{"body":{"model":"m","messages":[{"content":"s3cret"}],"temperature":0.5}}}""",
            """
            {"hook_event_name":"post_api_request","session_id":"s","api_request_id":"r",\
            "response":{"choices":[{"message":{"content":"s3cret"},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":7}}}""",
            """
            {"hook_event_name":"post_tool_call","session_id":"s","tool_call_id":"t",\
            "tool_input":{"q":"s3cret"},"result":"s3cret"}""",
            "{\"hook_event_name\":\"odd\",\"session_id\":\"s\",\"text\":\"s3cret\"}")) {
      HttpRequest request =
          new HttpRequest("POST", "/", Map.of(), body.getBytes(StandardCharsets.UTF_8));
      lines.addAll(quiet.accept(HookAgent.HERMES, request, 1));
    }
    assertThat(lines).hasSize(7).noneMatch(line -> line.contains("s3cret"));
    assertThat(lines.get(3)).contains("\"prompt_tokens\":7", "\"finish_reason\":\"stop\"");
    assertThat(lines.get(2)).contains("\"temperature\":0.5");
    assertThat(text(Tree.object(JsonTree.parse(lines.get(2))), "name"))
        .isEqualTo("hermes_api_request");
  }
}
