package io.fairlead.atof.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseBodiesTest {

  private static final long SEED = 20_261_121;

  private static final String CHAT =
      """
      {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-2024","choices":[
       {"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,
        "tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}},
       {"index":1,"finish_reason":"stop","message":{"role":"assistant","content":"21"}}],
       "usage":{"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
        "prompt_tokens_details":{"cached_tokens":64,"audio_tokens":6},
        "completion_tokens_details":{"reasoning_tokens":20,"audio_tokens":5},"cost":0.00125}}
      """;
  private static final String RESPONSES =
      """
      {"id":"resp_1","object":"response","status":"incomplete","incomplete_details":
       {"reason":"max_output_tokens"},"model":"gpt-5","output":[
       {"type":"reasoning","summary":[]},
       {"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"},
        {"type":"refusal","refusal":"no"}]},
       {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}],
       "usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4},
        "output_tokens":7,"output_tokens_details":{"reasoning_tokens":7}}}
      """;
  private static final String ANTHROPIC =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude","stop_reason":"tool_use",
       "content":[{"type":"text","text":"a"},{"type":"tool_use","id":"u1","name":"f","input":{}}],
       "usage":{"input_tokens":10,"cache_read_input_tokens":1000,"cache_creation_input_tokens":30,
        "cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},
        "output_tokens":5}}
      """;
  private static final String GEMINI =
      """
      {"responseId":"r1","modelVersion":"gemini-3","candidates":[{"finishReason":"STOP","content":
       {"role":"model","parts":[{"text":"t","thought":true},{"functionCall":{"name":"f"}}]}}],
       "usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":40,
        "candidatesTokenCount":9,"thoughtsTokenCount":3,"toolUsePromptTokenCount":5,
        "promptTokensDetails":[{"modality":"TEXT","tokenCount":90},
         {"modality":"AUDIO","tokenCount":10}]}}
      """;

  private static @Nullable ModelResponse readOrNull(String json) {
    return Bodies.response(new Json(json));
  }

  private static ModelResponse read(String json) {
    return Objects.requireNonNull(readOrNull(json), json);
  }

  @Test
  void readsAChatCompletion() {
    assertThat(read(CHAT))
        .isEqualTo(
            new ModelResponse(
                BodyShape.OPENAI_CHAT,
                null,
                "gpt-4o-2024",
                "chatcmpl-1",
                List.of(
                    new Message(
                        "assistant",
                        null,
                        List.of(new Part.ToolCall("c1", "f", Map.of())),
                        "tool_call"),
                    new Message("assistant", null, List.of(new Part.Text("21")), "stop")),
                new TokenUsage(30, 64, -1, -1, 6, 25, 20, 5, 100, 50),
                new Cost(
                    new BigDecimal("0.00125"), "USD", Cost.Status.REPORTED, Cost.Source.PROVIDER)));
    assertThat(read(CHAT).finishReasons()).containsExactly("tool_call", "stop");
  }

  @Test
  void readsAResponse() {
    assertThat(read(RESPONSES))
        .isEqualTo(
            new ModelResponse(
                BodyShape.OPENAI_RESPONSES,
                null,
                "gpt-5",
                "resp_1",
                List.of(
                    new Message(
                        "assistant",
                        null,
                        List.of(
                            new Part.Other(
                                "reasoning", Map.of("type", "reasoning", "summary", List.of())),
                            new Part.Text("a"),
                            new Part.Refusal("no"),
                            new Part.ToolCall("c1", "f", Map.of())),
                        "length")),
                new TokenUsage(6, 4, -1, -1, -1, 0, 7, -1, 10, 7),
                null));
    assertThat(read("{\"output_text\":\"hi\",\"status\":\"completed\"}").choices())
        .containsExactly(new Message("assistant", null, List.of(new Part.Text("hi")), "stop"));
  }

  @Test
  void readsAnAnthropicMessage() {
    assertThat(read(ANTHROPIC))
        .isEqualTo(
            new ModelResponse(
                BodyShape.ANTHROPIC_MESSAGES,
                null,
                "claude",
                "msg_1",
                List.of(
                    new Message(
                        "assistant",
                        null,
                        List.of(new Part.Text("a"), new Part.ToolCall("u1", "f", Map.of())),
                        "tool_call")),
                new TokenUsage(10, 1000, 10, 20, 0, -1, -1, -1, 1040, 5),
                null));
  }

  @Test
  void readsGemini() {
    assertThat(read(GEMINI))
        .isEqualTo(
            new ModelResponse(
                BodyShape.GEMINI,
                null,
                "gemini-3",
                "r1",
                List.of(
                    new Message(
                        "assistant",
                        null,
                        List.of(new Part.Reasoning("t"), new Part.ToolCall(null, "f", null)),
                        "tool_call")),
                new TokenUsage(55, 40, -1, -1, 10, 9, 3, -1, 105, 12),
                null));
    assertThat(read("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}").finishReasons())
        .containsExactly("content_filter");
  }

  @Test
  void readsEmbeddings() {
    ModelResponse answer =
        read(
            """
            {"object":"list","model":"text-embedding-3-small","data":[{"embedding":[0.1]}],
             "usage":{"prompt_tokens":8,"total_tokens":8}}
            """);
    assertThat(answer.model()).isEqualTo("text-embedding-3-small");
    assertThat(Objects.requireNonNull(answer.usage()).totalInput()).isEqualTo(8);
    assertThat(answer.choices()).isEmpty();
  }

  /** What a body leaves out stays unknown; what contradicts itself leaves the totals only. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompt_tokens\":42,\"completion_tokens\":11} | 42,-1,-1,-1,-1,-1,-1,-1,42,11",
        "{\"prompt_tokens\":42,\"prompt_tokens_details\":{\"cached_tokens\":0}}"
            + " | 42,0,-1,-1,-1,-1,-1,-1,42,-1",
        "{\"prompt_tokens\":9100,\"prompt_tokens_details\":{\"cached_tokens\":0,"
            + "\"cache_write_tokens\":9000}} | 100,0,9000,0,-1,-1,-1,-1,9100,-1",
        "{\"prompt_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":11},"
            + "\"completion_tokens\":3,\"completion_tokens_details\":{\"reasoning_tokens\":4}}"
            + " | -1,-1,-1,-1,-1,-1,-1,-1,10,3",
        "{\"prompt_tokens\":32,\"completion_tokens\":9,\"total_tokens\":135,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":94,\"audio_tokens\":0}}"
            + " | 32,-1,-1,-1,-1,9,94,0,32,103",
        "{\"prompt_tokens\":32,\"completion_tokens\":103,\"total_tokens\":135,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":94}}"
            + " | 32,-1,-1,-1,-1,9,94,-1,32,103",
        "{\"prompt_tokens\":12,\"prompt_cache_hit_tokens\":8} | 4,8,-1,-1,-1,-1,-1,-1,12,-1",
        "{\"prompt_tokens\":-5,\"completion_tokens\":1e3} | ",
        "{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":2} | "
            + "-1,-1,-1,-1,-1,-1,-1,-1,-1,2",
        "{} | "
      })
  void countsWhatIsSaid(String usage, @Nullable String expected) {
    TokenUsage read = read("{\"choices\":[],\"usage\":" + usage + "}").usage();
    assertThat(read == null ? null : text(read)).isEqualTo(expected);
  }

  private static String text(TokenUsage u) {
    return String.format(
        "%d,%d,%d,%d,%d,%d,%d,%d,%d,%d",
        u.input(),
        u.cacheRead(),
        u.cacheWrite5m(),
        u.cacheWrite1h(),
        u.inputAudio(),
        u.output(),
        u.reasoning(),
        u.outputAudio(),
        u.totalInput(),
        u.totalOutput());
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,stop",
    "stop_sequence,stop",
    "tool_use,tool_call",
    "max_tokens,length",
    "model_context_window_exceeded,length",
    "refusal,content_filter",
    "pause_turn,pause_turn"
  })
  void saysWhyAnAnswerOfAnthropicEnds(String said, String reason) {
    assertThat(
            read("{\"type\":\"message\",\"content\":[],\"stop_reason\":\"" + said + "\"}")
                .finishReasons())
        .containsExactly(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"cost\":0} | 0 USD",
        "{\"cost_usd\":0.5,\"cost\":0.7} | 0.5 USD",
        "{\"cost\":{\"total\":1.5,\"input\":1,\"currency\":\"EUR\"}} | 1.5 EUR",
        "{\"cost\":{\"input\":0.1,\"output\":0.2}} | 0.3 USD",
        "{\"cost\":{\"currency\":\"USD\"}} | ",
        "{\"cost\":{\"total\":1,\"currency\":\"credits\"}} | ",
        "{\"cost\":-1} | ",
        "{\"cost\":1e999999999} | ",
        "{\"cost\":\"1\"} | "
      })
  void takesTheCostAnAnswerReports(String usage, @Nullable String expected) {
    Cost cost = read("{\"choices\":[],\"usage\":" + usage + "}").cost();
    assertThat(cost == null ? null : cost.amount().toPlainString() + " " + cost.currency())
        .isEqualTo(expected);
  }

  @Test
  void readsWhatHermesHandsToHooks() throws IOException {
    List<ModelResponse> answers = recorded("hermes-answers.jsonl");
    assertThat(answers).hasSize(10).allMatch(answer -> "mock-alpha-1".equals(answer.model()));
    assertThat(answers.get(0).usage()).isEqualTo(TokenUsage.of(100, 0, 9000, 85, 41));
    assertThat(answers.get(0).finishReasons()).containsExactly("tool_call");
    assertThat(answers.get(0).choices().get(0).parts())
        .containsExactly(
            new Part.ToolCall(
                "call_00027_0", "terminal", Map.of("command", "ls -1 && wc -l notes.txt")));
    assertThat(answers.get(3).choices().get(0))
        .isEqualTo(
            new Message(
                "assistant",
                null,
                List.of(new Part.Text("I read notes.txt (3 lines) and wrote summary.txt.")),
                "stop"));
    assertThat(read("{\"content\":\"sunny\",\"finish_reason\":\"stop\",\"model\":\"m\"}").choices())
        .containsExactly(new Message("assistant", null, List.of(new Part.Text("sunny")), "stop"));
  }

  @Test
  void readsMessagesOfOpenClaw() throws IOException {
    List<ModelResponse> answers = recorded("openclaw-messages.jsonl");
    TokenUsage sum =
        answers.stream()
            .map(answer -> Objects.requireNonNull(answer.usage()))
            .reduce(TokenUsage.ZERO, TokenUsage::plus);
    assertThat(answers).hasSize(11);
    assertThat(sum.input()).isEqualTo(9890);
    assertThat(sum.cacheRead()).isEqualTo(20_200);
    assertThat(sum.cacheWrite()).isEqualTo(512);
    assertThat(sum.totalOutput()).isEqualTo(266);
    assertThat(answers.get(0).cost())
        .isEqualTo(
            new Cost(new BigDecimal("0.00558"), "USD", Cost.Status.ESTIMATED, Cost.Source.RUNTIME));
    assertThat(answers.get(0).provider()).isEqualTo("mock");
    assertThat(answers.get(0).finishReasons()).containsExactly("tool_call");
    assertThat(answers.get(0).choices().get(0).parts())
        .contains(new Part.Text("Let me run a command."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"error\":{\"type\":\"overloaded_error\"}}",
        "{\"content\":\"hi\"}",
        "{\"choices\":[],\"output\":[]}",
        "{\"type\":\"message\",\"content\":\"text\"}",
        "{\"candidates\":[],\"choices\":[]}"
      })
  void tellsNothingOfWhatIsNoAnswer(String json) {
    assertThat(readOrNull(json)).isNull();
  }

  @Test
  void garbageNeverThrows() {
    Random random = new Random(SEED);
    List<String> bodies = List.of(CHAT, RESPONSES, ANTHROPIC, GEMINI);
    List<String> values = List.of("null", "7", "\"x\"", "[]", "{}", "[{}]", "[null]", "-1", "1e9");
    for (int round = 0; round < 20_000; round++) {
      String body = bodies.get(random.nextInt(bodies.size()));
      int colon = body.indexOf(':', random.nextInt(body.length()));
      int from = colon < 0 ? 0 : colon + 1;
      int to = Math.min(body.length(), from + random.nextInt(40));
      String broken =
          body.substring(0, from)
              + values.get(random.nextInt(values.size()))
              + body.substring(random.nextBoolean() ? end(body, from) : to);
      Json json = new Json(broken);
      assertThat(read(json)).as("seed %d, round %d: %s", SEED, round, broken).isTrue();
    }
  }

  /** Where the value that begins at a place may end. */
  private static int end(String body, int from) {
    int comma = body.indexOf(',', from);
    return comma < 0 ? body.length() : comma;
  }

  private static boolean read(Json json) {
    ModelResponse response = Bodies.response(json);
    ModelRequest request = Bodies.request(json);
    return response == null || request == null || !response.equals(request);
  }

  private static List<ModelResponse> recorded(String name) throws IOException {
    List<ModelResponse> answers = new ArrayList<>();
    try (InputStream in = ResponseBodiesTest.class.getResourceAsStream("/bodies/" + name)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        ModelResponse answer = readOrNull(line);
        if (answer != null) {
          answers.add(answer);
        }
      }
    }
    return answers;
  }
}
