package io.fairlead.runtimes.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {

  private static final String REQUEST =
      "[{\"id\": \"c1\", \"function\": {\"name\": \"t\","
          + " \"arguments\": \"{\\\"q\\\":\\n \\\"planted args\\\"}\"}}]";
  private static final String RESULT = "{\"output\": \"planted result\", \"exit_code\": 0}";

  @TempDir Path dir;

  @BeforeEach
  void aTurnWithATool() throws Exception {
    try (StoreBuilder store = new StoreBuilder(dir)) {
      store.session("s1", 1000);
      store.message("s1", "user", 1001, "planted \"question\"\n?", null, null, null);
      store.message("s1", "assistant", 1002, "planted aside", "tool_calls", null, REQUEST);
      store.message("s1", "tool", 1003, RESULT, null, "c1", null);
      store.message("s1", "assistant", 1004, "planted answer", "stop", null, null);
    }
  }

  private Rig capturing() throws Exception {
    return new Rig(dir).without("log").set("capture_content", true).run();
  }

  @Test
  void nothingThatWasSaidLeavesTheStoreUnlessAskedFor() throws Exception {
    Rig rig = new Rig(dir).without("log").run();
    assertThat(rig.ends(ScopeCategory.TOOL)).hasSize(1);
    assertThat(rig.events().toString()).doesNotContain("planted");
    StringBuilder state = new StringBuilder();
    rig.sink.state().forEach("", (key, value) -> state.append(key).append(text(value)));
    assertThat(state.toString()).contains("s1").doesNotContain("planted");
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  @Test
  void questionAnswerArgumentsAndResultAreCaptured() throws Exception {
    Rig rig = capturing();
    ScopeEnd turn = rig.ends(ScopeCategory.AGENT).findFirst().orElseThrow();
    assertThat(input(turn)).isEqualTo(Json.ofString("planted \"question\"\n?"));
    assertThat(output(turn)).isEqualTo(Json.ofString("planted answer"));
    ScopeEnd tool = rig.ends(ScopeCategory.TOOL).findFirst().orElseThrow();
    assertThat(input(tool)).isEqualTo(new Json("{\"q\":  \"planted args\"}"));
    assertThat(output(tool)).isEqualTo(new Json(RESULT));
    assertThat(turn.header().metadata()).isNull();
  }

  @Test
  void aCallHasWhatIsNewToItAndItsAnswer() throws Exception {
    List<ScopeEnd> calls = capturing().ends(ScopeCategory.LLM).toList();
    assertThat(calls)
        .extracting(ContentTest::input)
        .containsExactly(
            new Json(
                "{\"messages\":[{\"role\":\"user\",\"content\":"
                    + "\"planted \\\"question\\\"\\n?\"}]}"),
            new Json(
                "{\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":"
                    + Json.ofString(RESULT).text()
                    + "}]}"));
    assertThat(output(calls.get(0)))
        .isEqualTo(
            new Json(
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":"
                    + "\"planted aside\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"t\",\"arguments\":"
                    + "\"{\\\"q\\\":\\n \\\"planted args\\\"}\"}}]},"
                    + "\"finish_reason\":\"tool_calls\"}]}"));
    assertThat(output(calls.get(1))).isEqualTo(Json.ofString("planted answer"));
  }

  private static @Nullable Json input(ScopeEnd end) {
    return end.start().header().data();
  }

  private static @Nullable Json output(ScopeEnd end) {
    return end.header().data();
  }

  @Test
  void whatIsTooLongIsCutBetweenCharactersAndSaidSo() throws Exception {
    try (StoreBuilder store = new StoreBuilder(dir.resolve("profiles/long"))) {
      store.session("s2", 2000);
      store.message("s2", "user", 2001, "x" + "é".repeat(100_000), null, null, null);
      store.message("s2", "assistant", 2002, "Fine.", "stop", null, null);
    }
    ScopeEnd turn = capturing().ends(ScopeCategory.AGENT, "s2").findFirst().orElseThrow();
    assertThat(input(turn)).isEqualTo(Json.ofString("x" + "é".repeat(32_767)));
    assertThat(turn.header().metadata()).isEqualTo(new Json("{\"truncated\":[\"input\"]}"));
    assertThat(turn.start().header().metadata()).isEqualTo(turn.header().metadata());
  }

  @Test
  void whatIsNoJsonIsAString() {
    Map<String, Json> expected =
        Map.of(
            "{\"a\": 1}", new Json("{\"a\": 1}"),
            " [1]\n", new Json("[1]"),
            "{\"a\": 1} and a warning", Json.ofString("{\"a\": 1} and a warning"),
            "{\"a\": ", Json.ofString("{\"a\": "),
            "12", Json.ofString("12"),
            "", Json.ofString(""));
    expected.forEach((text, json) -> assertThat(RowJson.valueOrString(text)).isEqualTo(json));
  }
}
