package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a subagent's scope says which tool call it works for, and how it is referred to. */
final class Delegation {

  private static final List<String> KEYS =
      List.of(
          "tool_call_id",
          "toolCallId",
          "source_call_id",
          "sourceCallId",
          "delegation_tool_call_id",
          "delegationToolCallId",
          "parent_tool_call_id",
          "parentToolCallId");

  private Delegation() {}

  /** The call a scope names, or null. */
  static @Nullable String callId(TrajectoryEvent start) {
    String id = callId(start.metadata());
    return id != null ? id : callId(start.data());
  }

  /** Whether the agent above speaks of a subagent, so that it is no news when it did nothing. */
  static boolean isReferenced(TrajectoryEvent start) {
    return "subagent".equals(start.role()) || callId(start) != null;
  }

  private static @Nullable String callId(@Nullable Object value) {
    for (String key : KEYS) {
      String id = JsonTree.text(value, key);
      if (id != null) {
        return id;
      }
    }
    for (String key : KEYS) {
      String id = JsonTree.text(value, "extra", key);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  /** A reference to the subagent's trajectory. */
  static Members reference(TrajectoryEvent start) {
    String id = start.uuid().toString();
    return new Members()
        .with("trajectory_id", id)
        .with("session_id", start.sessionId())
        .with("extra", new Members().with("name", start.name()).with("scope_uuid", id));
  }

  /** What the subagent was started with, as arguments of a call. */
  static Members arguments(TrajectoryEvent start) {
    return new Members()
        .with("name", start.name())
        .with("session_id", start.sessionId())
        .with("payload", start.data());
  }
}
