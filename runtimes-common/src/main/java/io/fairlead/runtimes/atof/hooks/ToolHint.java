package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool call that a model asked for, in an answer a hook showed.
 *
 * @param id the call's id, or null
 * @param name the tool, or null
 * @param subagent who asked the model, or null for the agent itself
 * @param arguments null when there are none or they are not kept
 * @param fingerprint of the arguments, or null when there are none
 * @param source the shape of the answer
 * @param timeNanos when it was seen
 */
record ToolHint(
    @Nullable String id,
    @Nullable String name,
    @Nullable String subagent,
    @Nullable Object arguments,
    @Nullable String fingerprint,
    String source,
    long timeNanos) {

  /** Where the shapes of answers have what is wanted of a tool call. */
  private record Shape(String source, List<String> id, List<String> name, List<String> arguments) {}

  private static final Shape CHAT =
      new Shape(
          "openai_chat_tool_call",
          List.of("id", "call_id"),
          List.of("function.name", "name"),
          List.of("function.arguments", "arguments"));

  private static final Shape RESPONSES =
      new Shape(
          "openai_response_tool_call",
          List.of("call_id", "id"),
          List.of("name", "tool_name"),
          List.of("arguments", "input"));

  private static final Shape MESSAGES =
      new Shape(
          "anthropic_tool_use",
          List.of("id", "tool_use_id"),
          List.of("name", "tool_name"),
          List.of("input", "arguments"));

  /** What an answer asks for, in its order. */
  static List<ToolHint> of(Payload answer, @Nullable String subagent, Records out) {
    List<ToolHint> hints = new ArrayList<>();
    for (Object choice : elements(answer.value("choices"))) {
      Payload message = new Payload(new Payload(choice).value("message"));
      add(hints, elements(message.value("tool_calls")), CHAT, subagent, out);
    }
    List<@Nullable Object> calls = new ArrayList<>(elements(answer.value("output")));
    calls.removeIf(item -> !"function_call".equals(new Payload(item).value("type")));
    add(hints, calls, RESPONSES, subagent, out);
    for (String path : List.of("content", "message.content")) {
      List<@Nullable Object> blocks = new ArrayList<>(elements(answer.value(path)));
      blocks.removeIf(block -> !"tool_use".equals(new Payload(block).text("type")));
      add(hints, blocks, MESSAGES, subagent, out);
    }
    return hints;
  }

  private static List<?> elements(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static void add(
      List<ToolHint> hints, List<?> calls, Shape shape, @Nullable String subagent, Records out) {
    for (Object item : calls) {
      Payload call = new Payload(item);
      String id = call.text(shape.id());
      String name = call.text(shape.name());
      Object arguments = parsed(call.value(shape.arguments()));
      if (id != null || (name != null && arguments != null)) {
        hints.add(
            new ToolHint(
                id,
                name,
                subagent,
                out.keepsContent() ? arguments : null,
                arguments == null ? null : Fingerprint.of(arguments),
                shape.source(),
                out.timeNanos()));
      }
    }
  }

  private static @Nullable Object parsed(@Nullable Object arguments) {
    if (!(arguments instanceof String text)) {
      return arguments;
    }
    try {
      return JsonTree.parse(text);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** How sure it is that a tool call is the one asked for: 0 not at all. */
  int score(String callId, HookEvent.Tool tool) {
    boolean sameId = callId.equals(id);
    boolean sameName = tool.name().equals(name);
    boolean sameArguments =
        tool.arguments() != null && Objects.equals(fingerprint, Fingerprint.of(tool.arguments()));
    if (sameId) {
      return 12 + (sameName ? 4 : 0) + (sameArguments ? 1 : 0);
    }
    return sameName && sameArguments ? 5 : 0;
  }

  Map<String, @Nullable Object> toTree() {
    return Tree.of(
        "id", id,
        "name", name,
        "subagent", subagent,
        "arguments", arguments,
        "fingerprint", fingerprint,
        "source", source,
        "time", NumberText.of(timeNanos));
  }

  static ToolHint ofTree(@Nullable Object tree) {
    Payload json = new Payload(tree);
    return new ToolHint(
        json.text("id"),
        json.text("name"),
        json.text("subagent"),
        json.value("arguments"),
        json.text("fingerprint"),
        String.valueOf(json.text("source")),
        json.number("time"));
  }
}
