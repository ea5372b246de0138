package io.fairlead.exporters.files.atif;

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

  Members toTree() {
    return new Members()
        .with("tool_call_id", id)
        .with("function_name", function)
        .with("arguments", arguments)
        .with("extra", extra);
  }
}
