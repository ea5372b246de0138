package io.fairlead.exporters.files.atif;

import io.fairlead.atof.bodies.Part;
import io.fairlead.atof.json.JsonTree.Members;
import org.jspecify.annotations.Nullable;

/**
 * A tool call an answer asks for.
 *
 * @param id the provider's id; empty when it gave none
 * @param function name of the tool
 * @param arguments a JSON value, an object whenever the model gave one
 * @param extra what else the provider says of it, or null
 */
record ToolCall(String id, String function, Object arguments, @Nullable Members extra) {

  /**
   * The call of a part of a message.
   *
   * @param place its place among the calls of the message, from 1
   */
  static ToolCall of(Part.ToolCall call, int place) {
    String id = call.id() == null || call.id().isEmpty() ? call.name() + ":" + place : call.id();
    return new ToolCall(id, call.name(), ToolCallReader.arguments(call.arguments()), null);
  }

  Members toTree() {
    return new Members()
        .with("tool_call_id", id)
        .with("function_name", function)
        .with("arguments", arguments)
        .with("extra", extra);
  }
}
