package io.fairlead.interceptors.redaction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.spi.Interceptor;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.testkit.RecordingValidation;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a configuration does to events. */
class PiiRedactionTest {

  private static final PiiRedactionProvider PROVIDER = new PiiRedactionProvider();

  private static Interceptor interceptor(Map<String, ?> config) {
    return PROVIDER.create(TestContext.of(PROVIDER, Tables.of(config)));
  }

  private static Interceptor builtin(Map<String, ?> builtin) {
    return interceptor(Map.of("builtin", builtin));
  }

  private static EventHeader header(@Nullable String data, @Nullable String metadata) {
    UUID uuid = new UUID(1, 2);
    return new EventHeader(
        uuid,
        null,
        uuid,
        7,
        "event",
        Origin.of("jvm"),
        data == null ? null : new Json(data),
        metadata == null ? null : new Json(metadata),
        null,
        null);
  }

  private static ScopeEnd scope(ScopeCategory category, String input, String output) {
    ScopeStart start = new ScopeStart(header(input, null), category, null);
    return new ScopeEnd(header(output, null), start, null, Outcome.UNSET, TimeQuality.EXACT, false);
  }

  private static String data(@Nullable Json json) {
    return json == null ? "gone" : json.text();
  }

  private static List<String> payloads(Interceptor interceptor, ScopeEnd scope) {
    ScopeEnd end = (ScopeEnd) requireNonNull(interceptor.intercept(scope));
    return List.of(data(end.start().header().data()), data(end.header().data()));
  }

  @Test
  void findsAreReplacedEverywhere() {
    Interceptor email = builtin(Map.of("action", "redact", "detector", "email"));
    assertThat(
            payloads(
                email,
                scope(
                    ScopeCategory.LLM,
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"I am ada@example.org\"}],\"n\":1.50}",
                    "\"ok ada@example.org\"")))
        .containsExactly(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"I am [REDACTED]\"}],\"n\":1.50}",
            "\"ok [REDACTED]\"");
  }

  @Test
  void groupsAreReferredTo() {
    Interceptor swap =
        builtin(
            Map.of(
                "action", "regex_replace",
                "pattern", "(?P<user>\\w+)@(\\w+)",
                "replacement", "$2 at ${user} for $$5$9"));
    assertThat(payloads(swap, scope(ScopeCategory.TOOL, "\"ada@home\"", "1")))
        .containsExactly("\"home at ada for $5\"", "1");
  }

  @Test
  void removeTakesEveryTextAndKeepsPlaces() {
    assertThat(
            payloads(
                builtin(Map.of("action", "remove")),
                scope(ScopeCategory.TOOL, "{\"q\":\"x\",\"n\":1,\"l\":[\"a\",2]}", "\"all\"")))
        .containsExactly("{\"n\":1,\"l\":[null,2]}", "gone");
  }

  @Test
  void pathsNameWhatIsMeant() {
    Interceptor one =
        builtin(Map.of("action", "remove", "target_paths", List.of("/user/name", "/a~1b/0")));
    assertThat(
            payloads(
                one,
                scope(
                    ScopeCategory.TOOL,
                    "{\"user\":{\"name\":{\"first\":\"Ada\"},\"id\":1},\"a/b\":[\"x\",\"y\"]}",
                    "{\"name\":\"stays\"}")))
        .containsExactly("{\"user\":{\"id\":1},\"a/b\":[null,\"y\"]}", "{\"name\":\"stays\"}");
  }

  @Test
  void pathsOfAModelCallBeginAtItsBody() {
    Interceptor one =
        builtin(
            Map.of(
                "action",
                "hash",
                "target_paths",
                List.of("/messages/0/content", "/headers/x-user")));
    assertThat(
            payloads(
                one,
                scope(
                    ScopeCategory.LLM,
                    "{\"content\":{\"messages\":[{\"content\":\"hi\"}]},\"headers\":{\"x-user\":\"hi\"}}",
                    "null")))
        .first()
        .asString()
        .doesNotContain("\"hi\"")
        .contains("8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4");
  }

  @Test
  void onlyChosenPayloadsAreCovered() {
    Interceptor outputs =
        interceptor(
            Map.of(
                "input",
                false,
                "tool_input",
                false,
                "mark",
                false,
                "builtin",
                Map.of("action", "remove")));
    assertThat(payloads(outputs, scope(ScopeCategory.LLM, "\"in\"", "\"out\"")))
        .containsExactly("\"in\"", "gone");
    assertThat(payloads(outputs, scope(ScopeCategory.AGENT, "\"in\"", "\"out\"")))
        .containsExactly("\"in\"", "gone");
    Mark mark = new Mark(header("\"m\"", null));
    assertThat(outputs.intercept(mark)).isEqualTo(mark);
  }

  @Test
  void metadataAndDescriptionsAreCovered() {
    Interceptor email = builtin(Map.of("action", "redact", "detector", "email"));
    ScopeEnd failed =
        new ScopeEnd(
            header(null, "{\"who\":\"ada@example.org\"}"),
            new ScopeStart(header(null, null), ScopeCategory.TOOL, null),
            null,
            Outcome.error("refused", "no mail for ada@example.org"),
            TimeQuality.EXACT,
            false);
    ScopeEnd end = (ScopeEnd) email.intercept(failed);
    assertThat(String.valueOf(end)).doesNotContain("ada@").contains("[REDACTED]", "refused");
  }

  @Test
  void unknownFieldsOfARecordAreCovered() {
    EventHeader header =
        new EventHeader(
            new UUID(1, 2),
            null,
            new UUID(1, 2),
            7,
            "m",
            Origin.of("atof"),
            null,
            null,
            null,
            new Json(
                "{\"note\":\"ada@example.org\",\"propagation_root_uuid\":\"u\",\"fairlead.atof\":"
                    + "{\"members\":{\"timestamp\":\"t\",\"category_profile\":"
                    + "{\"tool_result_annotation\":\"ada@example.org\"}}}}"));
    Interceptor email = builtin(Map.of("action", "redact", "detector", "email"));
    assertThat(data(requireNonNull(email.intercept(new Mark(header))).header().unknownFields()))
        .isEqualTo(
            "{\"note\":\"[REDACTED]\",\"propagation_root_uuid\":\"u\",\"fairlead.atof\":"
                + "{\"members\":{\"timestamp\":\"t\",\"category_profile\":"
                + "{\"tool_result_annotation\":\"[REDACTED]\"}}}}");
  }

  @Test
  void aTrajectoryKeepsItsShape() {
    Interceptor trajectory = builtin(Map.of("preset", "trajectory_context"));
    assertThat(
            payloads(
                trajectory,
                scope(
                    ScopeCategory.LLM,
                    "{\"model\":\"gpt-4o\",\"temperature\":0.2,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"secret\"}],\"tools\":[{\"type\":\"function\",\"function\":"
                        + "{\"name\":\"search\",\"description\":\"secret\"}}]}",
                    "{\"id\":\"c1\",\"usage\":{\"prompt_tokens\":3},\"choices\":[{\"message\":"
                        + "{\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"search\",\"arguments\":\"{\\\"q\\\":\\\"secret\\\"}\"}}]}}]}")))
        .containsExactly(
            "{\"model\":\"gpt-4o\",\"temperature\":0.2,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"[REDACTED]\"}],\"tools\":[{\"type\":\"function\",\"function\":"
                + "{\"name\":\"search\",\"description\":\"[REDACTED]\"}}]}",
            "{\"id\":\"[REDACTED]\",\"usage\":{\"prompt_tokens\":3},\"choices\":[{\"message\":"
                + "{\"tool_calls\":[{\"id\":\"[REDACTED]\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"search\",\"arguments\":\"{}\"}}]}}]}");
    assertThat(payloads(trajectory, scope(ScopeCategory.TOOL, "{\"id\":7,\"b\":true}", "\"s\"")))
        .containsExactly("{}", "{}");
    assertThat(payloads(trajectory, scope(ScopeCategory.LLM, "{\"Ada\":\"x\"}", "\"Ada\"")))
        .containsExactly("{}", "{}");
    Mark mark = new Mark(header("\"Ada\"", "{\"source\":\"Ada\",\"otel.status_code\":\"OK\"}"));
    assertThat(requireNonNull(trajectory.intercept(mark)).header())
        .extracting(header -> data(header.data()), header -> data(header.metadata()))
        .containsExactly("{}", "{}");
  }

  @Test
  void aTrajectoryKeepsTheStatusOfAScopeAndNoOtherMetadata() {
    ScopeStart start =
        new ScopeStart(
            header(null, "{\"otel.status_code\":\"OK\",\"source\":\"Ada\"}"),
            ScopeCategory.AGENT,
            null);
    Interceptor trajectory = builtin(Map.of("preset", "trajectory_context"));
    assertThat(data(requireNonNull(trajectory.intercept(start)).header().metadata()))
        .isEqualTo("{\"otel.status_code\":\"OK\"}");
  }

  @Test
  void aStarIsAnyOneStep() {
    Interceptor any =
        builtin(Map.of("action", "remove", "target_path_globs", List.of("/l/*/c", "/*/x")));
    assertThat(
            payloads(
                any,
                scope(
                    ScopeCategory.TOOL,
                    "{\"l\":[{\"c\":1},{\"c\":2,\"d\":3}],\"a\":{\"x\":{},\"y\":{\"x\":4}},\"x\":5}",
                    "\"s\"")))
        .containsExactly("{\"l\":[{},{\"d\":3}],\"a\":{\"y\":{\"x\":4}},\"x\":5}", "\"s\"");
  }

  @Test
  void aPayloadOfAnotherApiDoesNotPass() {
    Interceptor chat =
        interceptor(
            Map.of(
                "codec",
                "openai_chat",
                "builtin",
                Map.of("action", "hash", "target_paths", List.of("/user"))));
    assertThat(
            payloads(
                chat,
                scope(
                    ScopeCategory.LLM,
                    "{\"content\":{\"contents\":[\"s\"]},\"headers\":{}}",
                    "{\"choices\":[]}")))
        .containsExactly("gone", "{\"choices\":[]}");
    assertThat(payloads(chat, scope(ScopeCategory.TOOL, "{\"to\":\"s\"}", "1")))
        .containsExactly("{\"to\":\"s\"}", "1");
  }

  @Test
  void thePathOfEverythingTakesEverything() {
    Interceptor all = builtin(Map.of("action", "remove", "target_paths", List.of("")));
    assertThat(
            payloads(
                all,
                scope(
                    ScopeCategory.LLM,
                    "{\"content\":{\"messages\":[]},\"headers\":{\"x\":\"s\"}}",
                    "\"s\"")))
        .containsExactly("gone", "gone");
  }

  @Test
  void aPayloadInWhichAPathCannotBeFollowedDoesNotPass() {
    Interceptor view =
        builtin(
            Map.of(
                "action",
                "redact",
                "pattern",
                "s+",
                "target_paths",
                List.of("/messages/0/content")));
    assertThat(
            payloads(
                view,
                scope(
                    ScopeCategory.LLM,
                    "{\"content\":{\"input\":\"sss\"},\"headers\":{}}",
                    "{\"choices\":[]}")))
        .containsExactly("gone", "{\"choices\":[]}");
    Interceptor answers =
        builtin(Map.of("action", "redact", "pattern", "s+", "target_paths", List.of("/message")));
    assertThat(payloads(answers, scope(ScopeCategory.LLM, "{\"messages\":[]}", "{\"choices\":[]}")))
        .containsExactly("gone", "gone");
  }

  @Test
  void profilesRunInOrderOfPriority() {
    Interceptor two =
        interceptor(
            Map.of(
                "profiles",
                List.of(
                    Map.of(
                        "priority",
                        200,
                        "builtin",
                        Map.of("action", "regex_replace", "pattern", "b", "replacement", "c")),
                    Map.of(
                        "builtin",
                        Map.of("action", "regex_replace", "pattern", "a", "replacement", "b")),
                    Map.of("enabled", false, "builtin", Map.of("action", "remove")))));
    assertThat(payloads(two, scope(ScopeCategory.TOOL, "\"a\"", "\"b\"")))
        .containsExactly("\"c\"", "\"c\"");
  }

  @Test
  void whatIsTooLongIsCutAfterItWasRedacted() {
    Interceptor cut =
        interceptor(
            Map.of(
                "max_content_characters",
                12,
                "builtin",
                Map.of("action", "redact", "pattern", "s+")));
    assertThat(payloads(cut, scope(ScopeCategory.TOOL, "\"ssss and more and more\"", "\"x\"")))
        .containsExactly("\"\\\"[REDACTED] \"", "\"x\"");
  }

  @Test
  void aPayloadThatIsNoJsonDoesNotPass() {
    Interceptor any = builtin(Map.of("action", "redact", "detector", "email"));
    assertThat(any.failsClosed()).isTrue();
    assertThatThrownBy(() -> any.intercept(scope(ScopeCategory.TOOL, "{not json", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("not json");
  }

  @Test
  void anEvilExpressionTakesLinearTime() {
    Interceptor evil = builtin(Map.of("action", "redact", "pattern", "(a+)+$"));
    String text = "\"" + "a".repeat(50_000) + "!\"";
    assertThat(payloads(evil, scope(ScopeCategory.TOOL, text, "1"))).first().isEqualTo(text);
  }

  private static List<String> findings(Map<String, ?> config) {
    RecordingValidation context = new RecordingValidation("pii_redaction", Map.of());
    PROVIDER.validate(ConfigView.of(PROVIDER.configSpec(), Tables.of(config)), context);
    return context.findings().stream()
        .map(finding -> finding.code().substring("pii_redaction.".length()) + " " + finding.field())
        .toList();
  }

  @Test
  void rulesOfTheConfiguration() {
    assertThat(findings(Map.of("builtin", Map.of("action", "hash")))).isEmpty();
    assertThat(findings(Map.of("builtin", Map.of())))
        .containsExactly("unsupported_value builtin.target_paths");
    assertThat(
            findings(
                Map.of(
                    "builtin",
                    Map.of("action", "hash", "target_path_globs", List.of("x", "/a/*")),
                    "policy",
                    Map.of("unknown_field", "bogus"))))
        .containsExactly(
            "invalid_plugin_config policy.unknown_field",
            "unsupported_value builtin.target_path_globs[0]");
    assertThat(findings(Map.of())).containsExactly("unsupported_value builtin");
    assertThat(findings(Map.of("version", 2, "builtin", Map.of("action", "hash"))))
        .containsExactly("unsupported_config_version version");
    assertThat(findings(Map.of("builtin", Map.of("action", "redact"))))
        .containsExactly("unsupported_value builtin.pattern");
    assertThat(
            findings(
                Map.of("builtin", Map.of("pattern", "(", "detector", "email", "action", "hash"))))
        .containsExactly("unsupported_value builtin.detector", "unsupported_value builtin.pattern");
    assertThat(
            findings(
                Map.of(
                    "builtin",
                    Map.of("action", "hash", "target_paths", List.of("/ok", "no", "/a~2")))))
        .containsExactly(
            "unsupported_value builtin.target_paths[1]",
            "unsupported_value builtin.target_paths[2]");
    assertThat(findings(Map.of("builtin", Map.of("action", "mask", "mask_char", ""))))
        .containsExactly("unsupported_value builtin.mask_char");
    assertThat(
            findings(
                Map.of("builtin", Map.of("preset", "trajectory_context", "detector", "email"))))
        .containsExactly("unsupported_value builtin.detector");
    assertThat(findings(Map.of("mode", "local_model", "local", Map.of())))
        .containsExactly("local_model_unavailable mode");
    assertThat(findings(Map.of("local", Map.of(), "builtin", Map.of("action", "hash"))))
        .containsExactly("unsupported_value local");
    assertThat(findings(Map.of("profiles", List.of(), "mode", "builtin")))
        .containsExactly("unsupported_value mode", "unsupported_value profiles");
    assertThat(findings(Map.of("profiles", List.of(Map.of()))))
        .containsExactly("unsupported_value profiles[0].builtin");
    assertThat(
            findings(
                Map.of(
                    "input",
                    false,
                    "output",
                    false,
                    "mark",
                    false,
                    "tool_input",
                    false,
                    "tool_output",
                    false,
                    "builtin",
                    Map.of("action", "hash"))))
        .containsExactly("unsupported_value input");
  }
}
