package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.bodies.Message;
import io.fairlead.atof.bodies.ModelResponse;
import io.fairlead.atof.bodies.Part;
import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer as OpenInference shows it: one text and the tools it asks for.
 *
 * @param finishReason why it ended, in NeMo Relay's words, or null
 * @param message what it says, or null
 * @param toolCalls the tools it asks for
 */
record SpokenAnswer(
    @Nullable String finishReason, @Nullable String message, List<ToolCall> toolCalls) {

  private static final Map<String, String> RELAY_REASONS =
      Map.of("stop", "complete", "tool_call", "tool_use");

  /**
   * A call of a tool.
   *
   * @param arguments as JSON
   */
  record ToolCall(String id, String name, String arguments) {}

  static SpokenAnswer of(ModelResponse response) {
    Message first =
        response.choices().isEmpty()
            ? new Message("assistant", null, List.of())
            : response.choices().get(0);
    List<String> texts = new ArrayList<>();
    List<ToolCall> calls = new ArrayList<>();
    for (Part part : first.parts()) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      } else if (part instanceof Part.ToolCall call) {
        String id = call.id() == null ? "" : call.id();
        String arguments = call.arguments() == null ? "{}" : JsonTree.write(call.arguments());
        calls.add(new ToolCall(id, call.name(), arguments));
      }
    }
    String reason = first.finishReason();
    return new SpokenAnswer(
        reason == null ? null : RELAY_REASONS.getOrDefault(reason, reason),
        texts.isEmpty() ? null : String.join("\n", texts),
        calls);
  }
}
