package io.fairlead.runtimes.atof.hooks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scope that has started and not ended.
 *
 * @param start its start record, without its payload
 * @param arguments of a tool call, as JSON text, or null
 * @param owner the subagent it belongs to, or null
 */
record OpenScope(
    Map<String, @Nullable Object> start, @Nullable String arguments, @Nullable String owner) {

  String uuid() {
    return String.valueOf(start.get("uuid"));
  }

  String name() {
    return String.valueOf(start.get("name"));
  }

  Map<String, @Nullable Object> metadata() {
    return Tree.object(start.get("metadata"));
  }

  Map<String, @Nullable Object> toTree() {
    return Tree.of("start", start, "arguments", arguments, "owner", owner);
  }

  static OpenScope of(@Nullable Object tree) {
    Payload json = new Payload(tree);
    return new OpenScope(
        Tree.object(json.value("start")), json.text("arguments"), json.text("owner"));
  }
}
