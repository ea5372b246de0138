package io.fairlead.runtimes.atof.hooks;

import java.util.List;
import java.util.stream.Stream;

/** Where agents' payloads say things. */
final class HookPaths {

  static final List<String> SESSION =
      List.of(
          "session_id",
          "sessionId",
          "session.id",
          "conversation_id",
          "conversationId",
          "parent_session_id",
          "task_id",
          "extra.session_id",
          "extra.task_id");

  static final List<String> EVENT =
      alsoInExtra("hook_event_name", "event_name", "eventName", "event", "type", "name");

  static final List<String> SUBAGENT =
      alsoInExtra(
          "subagent_id",
          "subagentId",
          "child_subagent_id",
          "childSubagentId",
          "agent_id",
          "subagent.id",
          "agent.id");

  static final List<String> CODEX_SUBAGENT =
      Stream.concat(
              Stream.of(
                  "subagent_id",
                  "subagentId",
                  "child_subagent_id",
                  "childSubagentId",
                  "agent_id",
                  "source.subagent.thread_spawn.agent_nickname"),
              SUBAGENT.stream())
          .distinct()
          .toList();

  static final List<String> HERMES_SUBAGENT =
      alsoInExtra(
          "child_subagent_id",
          "childSubagentId",
          "subagent_id",
          "subagentId",
          "agent_id",
          "subagent.id",
          "agent.id");

  static final List<String> CLAUDE_TOOL_ID =
      List.of(
          "tool_use_id",
          "tool_call_id",
          "toolCallId",
          "call_id",
          "extra.tool_call_id",
          "extra.call_id",
          "tool.id",
          "tool_input.id",
          "id");

  static final List<String> TOOL_ID =
      List.of(
          "tool_call_id",
          "toolCallId",
          "tool_use_id",
          "call_id",
          "extra.tool_call_id",
          "extra.call_id",
          "tool.id",
          "tool_input.id",
          "id");

  static final List<String> TOOL_NAME =
      List.of("tool_name", "toolName", "tool.name", "tool_input.name", "name");

  static final List<String> ARGUMENTS = List.of("tool_input", "input", "arguments", "args");

  static final List<String> CODEX_ARGUMENTS = List.of("arguments", "args", "input", "tool_input");

  static final List<String> RESULT =
      List.of(
          "tool_output", "tool_response", "output", "result", "extra.tool_output", "extra.result");

  static final List<String> STATUS = List.of("status", "decision", "permission");

  static final List<String> TASK = List.of("task_id", "taskId", "extra.task_id", "extra.taskId");

  static final List<String> TASK_SESSION =
      List.of(
          "session_id",
          "sessionId",
          "session.id",
          "conversation_id",
          "conversationId",
          "parent_session_id",
          "parentSessionId",
          "extra.session_id",
          "extra.sessionId",
          "extra.parent_session_id",
          "extra.parentSessionId");

  /** Names of what, in a Hermes payload or its {@code extra}, is a session and not only a task. */
  static final List<String> HERMES_SESSION =
      List.of("session_id", "sessionId", "conversation_id", "conversationId", "parent_session_id");

  /** Names of what, in a Hermes payload or its {@code extra}, is a tool call's id. */
  static final List<String> HERMES_TOOL_ID =
      List.of("tool_call_id", "toolCallId", "tool_use_id", "call_id", "id");

  static final List<String> HERMES_PARENT =
      alsoInExtra("parent_session_id", "parentSessionId", "parent.session_id");

  static final List<String> HERMES_CHILD =
      alsoInExtra("child_session_id", "childSessionId", "subagent_session_id", "subagentSessionId");

  static final List<String> HERMES_CHILD_AGENT =
      alsoInExtra("child_subagent_id", "childSubagentId", "subagent_id", "subagentId", "agent_id");

  private HookPaths() {}

  static List<String> alsoInExtra(String... paths) {
    return Stream.concat(Stream.of(paths), Stream.of(paths).map(path -> "extra." + path)).toList();
  }
}
