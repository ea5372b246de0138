package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
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
    if (!ContentParts.has(blocks, BLOCKS) || blocks == null) {
      return null;
    }
    String text = ContentParts.texts(blocks, "text");
    List<@Nullable Object> calls = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    for (Object block : blocks) {
      String type = JsonTree.text(block, "type");
      String thought = JsonTree.text(block, "thinking");
      if (thought != null) {
        thoughts.add(thought);
      } else if (block instanceof Members && ("toolCall".equals(type) || "tool_use".equals(type))) {
        calls.add(block);
      }
    }
    return new RuntimeMessage(
        text == null ? "" : text,
        ToolCallReader.read(calls),
        thoughts.isEmpty() ? null : String.join("\n", thoughts));
  }
}
