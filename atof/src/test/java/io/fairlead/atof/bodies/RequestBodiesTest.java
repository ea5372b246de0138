package io.fairlead.atof.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodiesTest {

  private static ModelRequest read(String json) {
    return Objects.requireNonNull(Bodies.request(new Json(json)), json);
  }

  @Test
  void readsAChatCompletion() {
    ModelRequest request =
        read(
            """
            {"headers":{"x":"y"},"content":{"model":"gpt-4o","temperature":0.2,"max_tokens":64,
             "top_p":1,"n":2,"seed":7,"stop":"END","stream":true,"presence_penalty":0.5,
             "reasoning_effort":"low","response_format":{"type":"json_object"},
             "frequency_penalty":-1,
             "messages":[
              {"role":"system","content":"be brief"},
              {"role":"user","name":"ann","content":[{"type":"text","text":"see"},
               {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
               {"type":"image_url","image_url":{"url":"https://x.test/a.png"}},
               {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]},
              {"role":"assistant","content":null,"reasoning_content":"hmm","tool_calls":[
               {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"q\\":1}"}},
               {"id":"c2","function":{"name":"g","arguments":"not json"}}]},
              {"role":"tool","tool_call_id":"c1","content":"21"}],
             "tools":[{"type":"function","function":{"name":"f","description":"d",
              "parameters":{"type":"object"}}}]}}
            """);

    assertThat(request.shape()).isEqualTo(BodyShape.OPENAI_CHAT);
    assertThat(request.model()).isEqualTo("gpt-4o");
    assertThat(request.parameters())
        .isEqualTo(
            new RequestParameters(
                new NumberText("0.2", false),
                64L,
                new NumberText("1", true),
                null,
                List.of("END"),
                7L,
                new NumberText("-1", true),
                new NumberText("0.5", false),
                2L,
                "low",
                "json",
                true));
    assertThat(request.instructions()).isEmpty();
    assertThat(request.messages())
        .containsExactly(
            new Message("system", null, List.of(new Part.Text("be brief"))),
            new Message(
                "user",
                "ann",
                List.of(
                    new Part.Text("see"),
                    new Part.Media("image", "image/png", null, null),
                    new Part.Media("image", null, "https://x.test/a.png", null),
                    new Part.Media("audio", "audio/wav", null, null))),
            new Message(
                "assistant",
                null,
                List.of(
                    new Part.Reasoning("hmm"),
                    new Part.ToolCall("c1", "f", Map.of("q", NumberText.of(1))),
                    new Part.ToolCall("c2", "g", "not json"))),
            new Message("tool", null, List.of(new Part.ToolResult("c1", "21"))));
    assertThat(request.tools())
        .extracting(
            ToolDefinition::type,
            ToolDefinition::name,
            ToolDefinition::description,
            ToolDefinition::parameters)
        .containsExactly(tuple("function", "f", "d", Map.of("type", "object")));
  }

  @Test
  void readsAnthropicMessages() {
    ModelRequest request =
        read(
            """
            {"model":"claude-sonnet-4-5","max_tokens":10,"top_k":5,"stop_sequences":["a","b"],
             "system":[{"type":"text","text":"be kind","cache_control":{"type":"ephemeral"}}],
             "messages":[
              {"role":"user","content":[{"type":"image","source":{"type":"base64",
               "media_type":"image/jpeg","data":"AAAA"}},{"type":"document","source":
               {"type":"file","file_id":"file_1"}}]},
              {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"},
               {"type":"tool_use","id":"u1","name":"f","input":{"q":"x"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"u1","content":[
               {"type":"text","text":"ok"},{"type":"image","source":{"type":"base64",
               "media_type":"image/png","data":"BBBB"}}]}]}],
             "tools":[{"name":"f","input_schema":{}},{"type":"web_search_20250305",
              "name":"web_search"}]}
            """);

    assertThat(request.shape()).isEqualTo(BodyShape.ANTHROPIC_MESSAGES);
    assertThat(request.instructions()).containsExactly(new Part.Text("be kind"));
    assertThat(request.parameters().topK()).isEqualTo(NumberText.of(5));
    assertThat(request.parameters().stopSequences()).containsExactly("a", "b");
    assertThat(request.messages())
        .containsExactly(
            new Message(
                "user",
                null,
                List.of(
                    new Part.Media("image", "image/jpeg", null, null),
                    new Part.Media("file", null, null, "file_1"))),
            new Message(
                "assistant",
                null,
                List.of(new Part.Reasoning("t"), new Part.ToolCall("u1", "f", Map.of("q", "x")))),
            new Message(
                "tool",
                null,
                List.of(
                    new Part.ToolResult(
                        "u1",
                        List.of(
                            Map.of("type", "text", "text", "ok"),
                            Map.of(
                                "type",
                                "image",
                                "source",
                                Map.of("type", "base64", "media_type", "image/png")))))));
    assertThat(request.tools())
        .extracting(
            ToolDefinition::type,
            ToolDefinition::name,
            ToolDefinition::description,
            ToolDefinition::parameters)
        .containsExactly(
            tuple("function", "f", null, Map.of()),
            tuple("web_search_20250305", "web_search", null, null));
  }

  @Test
  void readsResponses() {
    ModelRequest request =
        read(
            """
            {"model":"gpt-5","instructions":"be brief","max_output_tokens":9,"input":[
             {"role":"user","content":[{"type":"input_text","text":"hi"},
              {"type":"input_image","image_url":"https://x.test/b.png"},
              {"type":"input_file","file_id":"f1"}]},
             {"type":"reasoning","summary":[{"type":"summary_text","text":"a"},
              {"type":"summary_text","text":"b"}]},
             {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"c1","output":"done"},
             {"type":"web_search_call","id":"w1"}],
             "tools":[{"type":"function","name":"f","parameters":{}},{"type":"web_search"}]}
            """);

    assertThat(request.shape()).isEqualTo(BodyShape.OPENAI_RESPONSES);
    assertThat(request.parameters().maxTokens()).isEqualTo(9);
    assertThat(request.instructions()).containsExactly(new Part.Text("be brief"));
    assertThat(request.messages())
        .containsExactly(
            new Message(
                "user",
                null,
                List.of(
                    new Part.Text("hi"),
                    new Part.Media("image", null, "https://x.test/b.png", null),
                    new Part.Media("file", null, null, "f1"))),
            new Message("assistant", null, List.of(new Part.Reasoning("a\nb"))),
            new Message("assistant", null, List.of(new Part.ToolCall("c1", "f", Map.of()))),
            new Message("tool", null, List.of(new Part.ToolResult("c1", "done"))),
            new Message(
                "assistant",
                null,
                List.of(
                    new Part.Other(
                        "web_search_call", Map.of("type", "web_search_call", "id", "w1")))));
    assertThat(request.tools())
        .extracting(
            ToolDefinition::type,
            ToolDefinition::name,
            ToolDefinition::description,
            ToolDefinition::parameters)
        .containsExactly(
            tuple("function", "f", null, Map.of()), tuple("web_search", null, null, null));
    assertThat(read("{\"model\":\"m\",\"input\":\"hi\"}").messages())
        .containsExactly(new Message("user", null, List.of(new Part.Text("hi"))));
  }

  @Test
  void readsGemini() {
    ModelRequest request =
        read(
            """
            {"contents":[{"role":"user","parts":[{"text":"hi"},
              {"inlineData":{"mimeType":"audio/mp3","data":"AAAA"}},
              {"fileData":{"mimeType":"application/pdf","fileUri":"gs://b/c.pdf"}}]},
              {"role":"model","parts":[{"text":"thinking","thought":true},
              {"functionCall":{"name":"f","args":{"a":1}}}]},
              {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"r":2}}}]}],
             "systemInstruction":{"parts":[{"text":"be brief"}]},
             "generationConfig":{"temperature":0.5,"maxOutputTokens":8,"topK":40,
              "candidateCount":1,"stopSequences":["x"]},
             "tools":[{"functionDeclarations":[{"name":"f","parameters":{}}]}]}
            """);

    assertThat(request.shape()).isEqualTo(BodyShape.GEMINI);
    assertThat(request.instructions()).containsExactly(new Part.Text("be brief"));
    assertThat(request.parameters().maxTokens()).isEqualTo(8);
    assertThat(request.messages())
        .containsExactly(
            new Message(
                "user",
                null,
                List.of(
                    new Part.Text("hi"),
                    new Part.Media("audio", "audio/mp3", null, null),
                    new Part.Media("file", "application/pdf", "gs://b/c.pdf", null))),
            new Message(
                "assistant",
                null,
                List.of(
                    new Part.Reasoning("thinking"),
                    new Part.ToolCall(null, "f", Map.of("a", NumberText.of(1))))),
            new Message(
                "tool", null, List.of(new Part.ToolResult(null, Map.of("r", NumberText.of(2))))));
    assertThat(request.tools())
        .extracting(
            ToolDefinition::type,
            ToolDefinition::name,
            ToolDefinition::description,
            ToolDefinition::parameters)
        .containsExactly(tuple("function", "f", null, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "{",
        "[]",
        "\"hi\"",
        "{}",
        "{\"content\":{}}",
        "{\"model\":\"m\"}",
        "{\"messages\":\"hi\"}",
        "{\"messages\":[\"hi\"]}",
        "{\"messages\":[{\"content\":\"no role\"}]}",
        "{\"messages\":[{\"role\":\"user\"}],\"input\":\"both\"}",
        "{\"contents\":[{\"parts\":[]}],\"messages\":[{\"role\":\"user\"}]}",
        "{\"input\":\"a\"} {\"input\":\"b\"}"
      })
  void tellsNothingOfWhatIsNoBody(String json) {
    assertThat(Bodies.request(new Json(json))).isNull();
  }

  @Test
  void readsNothingBeyondItsLimits() {
    String long_ = "{\"input\":\"" + "x".repeat(Bodies.MOST_CHARACTERS) + "\"}";
    assertThat(Bodies.request(new Json(long_))).isNull();
    String deep = "{\"input\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(Bodies.request(new Json(deep))).isNull();
    assertThat(Bodies.request((Json) null)).isNull();
  }

  @Test
  void keepsTheRoleOfResultsInOpenAisFormerApi() {
    ModelRequest request =
        read(
            """
            {"messages":[
             {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
             {"role":"function","name":"f","content":"42"},
             {"role":"toolResult","toolCallId":"c1","content":"43"}]}
            """);
    assertThat(request.messages().subList(1, 3))
        .allMatch(Message::isToolResult)
        .containsExactly(
            new Message("function", "f", List.of(new Part.ToolResult(null, "42"))),
            new Message("tool", null, List.of(new Part.ToolResult("c1", "43"))));
  }
}
