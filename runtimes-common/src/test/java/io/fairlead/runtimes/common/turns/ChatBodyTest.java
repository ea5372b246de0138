package io.fairlead.runtimes.common.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.bodies.Bodies;
import io.fairlead.atof.bodies.ModelRequest;
import io.fairlead.atof.bodies.ModelResponse;
import io.fairlead.atof.bodies.Part;
import io.fairlead.runtimes.common.turns.ChatBody.Asked;
import io.fairlead.spi.event.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // assertions are what finds a null here
class ChatBodyTest {

  @Test
  void isReadAsWhatWasSaid() {
    Json body =
        new ChatBody()
            .said("user", Json.ofString("a \"quoted\"\nword"))
            .said("user", null)
            .said("odd\"role", Json.ofString("x"))
            .result("c\"1", Json.ofString("{\"x\":1}"))
            .result(null, Json.ofString("late"))
            .request();
    ModelRequest request = Objects.requireNonNull(Bodies.request(body));
    assertThat(request.messages())
        .extracting(m -> m.role())
        .containsExactly("user", "odd\"role", "tool", "tool");
    assertThat(request.messages().get(0).parts())
        .containsExactly(new Part.Text("a \"quoted\"\nword"));
    assertThat(request.messages().get(2).parts())
        .containsExactly(new Part.ToolResult("c\"1", "{\"x\":1}"));
  }

  @Test
  void anAnswerWithoutToolsIsItsText() {
    assertThat(ChatBody.answer(Json.ofString("Fine."), List.of()))
        .isEqualTo(Json.ofString("Fine."));
    assertThat(ChatBody.answer(null, List.of())).isNull();
    assertThat(new ChatBody().request()).isNull();
  }

  @Test
  void anAnswerThatAsksForToolsIsReadWithThem() {
    Json body =
        ChatBody.answer(
            null,
            List.of(
                new Asked("1", "exec", new Json("{\"c\":\"ls \\\"x\\\"\"}")),
                new Asked("2", "odd\"name", Json.ofString("no JSON"))));
    ModelResponse response = Objects.requireNonNull(Bodies.response(body));
    assertThat(response.choices().get(0).finishReason()).isEqualTo("tool_call");
    assertThat(response.choices().get(0).parts())
        .containsExactly(
            new Part.ToolCall("1", "exec", Map.of("c", "ls \"x\"")),
            new Part.ToolCall("2", "odd\"name", "no JSON"));
  }

  @Test
  void whatFindsNoRoomIsLeftOutAndSaidSo() {
    Json half = Json.ofString("x".repeat(ChatBody.MAX_LENGTH / 2));
    ChatBody body = new ChatBody().result("a", half);
    assertThat(body.isCut()).isFalse();
    body.result("b", half).said("user", Json.ofString("short"));
    assertThat(body.isCut()).isTrue();
    assertThat(body.request().text()).contains("short").doesNotContain("\"b\"");
    assertThat(body.request().text()).hasSizeLessThan(ChatBody.MAX_LENGTH);
  }
}
