package io.fairlead.exporters.files.atif;

import io.fairlead.atof.bodies.Bodies;
import io.fairlead.atof.bodies.Part;
import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message as agent runtimes keep it: a list of blocks of type {@code text}, {@code thinking} and
 * {@code toolCall} or {@code tool_use}.
 */
record RuntimeMessage(
    String message, @Nullable List<ToolCall> toolCalls, @Nullable String reasoning) {

  private static final Set<String> BLOCKS = Set.of("text", "thinking", "toolCall", "tool_use");

  /** The message of a payload, or null when it is none. */
  static @Nullable RuntimeMessage of(@Nullable Object body) {
    List<@Nullable Object> blocks = JsonTree.list(body);
    if (!ContentParts.has(blocks, BLOCKS)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    List<ToolCall> calls = new ArrayList<>();
    for (Part part : Bodies.parts(blocks)) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      } else if (part instanceof Part.Reasoning reasoning) {
        thoughts.add(reasoning.text());
      } else if (part instanceof Part.ToolCall call) {
        calls.add(ToolCall.of(call, calls.size() + 1));
      }
    }
    return new RuntimeMessage(
        String.join("\n", texts),
        calls.isEmpty() ? null : calls,
        thoughts.isEmpty() ? null : String.join("\n", thoughts));
  }
}
