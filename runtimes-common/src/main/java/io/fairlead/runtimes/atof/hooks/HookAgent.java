package io.fairlead.runtimes.atof.hooks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agents whose hooks are understood, and what their hooks are called. */
public enum HookAgent {
  HERMES(
      "hermes",
      true,
      names(
          HookKind.SESSION_START, "on_session_start sessionStart",
          HookKind.SESSION_END, "on_session_finalize on_session_reset",
          HookKind.TURN_END, "on_session_end",
          HookKind.CALL_START, "pre_api_request",
          HookKind.CALL_END, "post_api_request api_request_error",
          HookKind.SUBAGENT_START, "subagent_start",
          HookKind.SUBAGENT_END, "subagent_stop",
          HookKind.TOOL_START, "pre_tool_call",
          HookKind.TOOL_END, "post_tool_call"),
      HookPaths.HERMES_SUBAGENT,
      HookPaths.TOOL_ID,
      HookPaths.ARGUMENTS),

  CLAUDE_CODE(
      "claude-code",
      false,
      names(
          HookKind.SESSION_START, "SessionStart",
          HookKind.SESSION_END, "SessionEnd",
          HookKind.SUBAGENT_START, "SubagentStart",
          HookKind.SUBAGENT_END, "SubagentStop SubagentEnd",
          HookKind.TOOL_START, "PreToolUse",
          HookKind.TOOL_END, "PostToolUse PostToolUseFailure ToolUseFailed PermissionDenied"),
      HookPaths.SUBAGENT,
      HookPaths.CLAUDE_TOOL_ID,
      HookPaths.ARGUMENTS),

  CODEX(
      "codex",
      false,
      names(
          HookKind.SESSION_START, "sessionStart agentStarted",
          HookKind.SESSION_END, "sessionEnd agentEnded",
          HookKind.SUBAGENT_START, "subagentStart",
          HookKind.SUBAGENT_END, "subagentStop subagentEnd",
          HookKind.TOOL_START, "preToolUse toolStarted toolStart",
          HookKind.TOOL_END, "postToolUse toolEnded toolEnd toolFailed"),
      HookPaths.CODEX_SUBAGENT,
      HookPaths.TOOL_ID,
      HookPaths.CODEX_ARGUMENTS);

  /** Names every agent uses. */
  private static final Map<String, HookKind> COMMON =
      names(
          HookKind.TURN_START, "beforeSubmitPrompt promptSubmitted userPromptSubmit",
          HookKind.HINT,
              "afterAgentResponse agentResponse assistantResponse afterAgentThought preLlmCall"
                  + " postLlmCall stop",
          HookKind.COMPACTION, "preCompact postCompact compaction",
          HookKind.NOTIFICATION, "notification");

  private final String wireName;
  private final boolean sessionScope;
  private final Map<String, HookKind> events;
  private final List<String> subagentPaths;
  private final List<String> toolIdPaths;
  private final List<String> argumentPaths;

  HookAgent(
      String wireName,
      boolean sessionScope,
      Map<String, HookKind> events,
      List<String> subagentPaths,
      List<String> toolIdPaths,
      List<String> argumentPaths) {
    this.wireName = wireName;
    this.sessionScope = sessionScope;
    this.events = events;
    this.subagentPaths = subagentPaths;
    this.toolIdPaths = toolIdPaths;
    this.argumentPaths = argumentPaths;
  }

  /** The agent of a name as it stands in paths ({@code /hooks/<name>}), or null. */
  public static @Nullable HookAgent ofWireName(String name) {
    for (HookAgent agent : values()) {
      if (agent.wireName.equals(name)) {
        return agent;
      }
    }
    return null;
  }

  /** Its name in paths and events. */
  public String wireName() {
    return wireName;
  }

  /** Whether its sessions have a scope of their own above their turns. */
  boolean hasSessionScope() {
    return sessionScope;
  }

  List<String> subagentPaths() {
    return subagentPaths;
  }

  List<String> toolIdPaths() {
    return toolIdPaths;
  }

  List<String> argumentPaths() {
    return argumentPaths;
  }

  /** What the hook of a name says; a mark when nothing is known of it. */
  HookKind kind(String hook) {
    String name = normalized(hook);
    HookKind common = COMMON.get(name);
    if (common == HookKind.TURN_START) {
      return common;
    }
    HookKind own = events.get(name);
    return own != null ? own : common != null ? common : HookKind.MARK;
  }

  /** Letters and digits in lower case: {@code PostToolUse} and {@code post_tool_use} are one. */
  static String normalized(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c < 128 && Character.isLetterOrDigit(c)) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Kinds, each followed by the names of its hooks. */
  private static Map<String, HookKind> names(Object... table) {
    Map<String, HookKind> names = new HashMap<>();
    for (int i = 0; i < table.length; i += 2) {
      for (String name : table[i + 1].toString().split(" ")) {
        names.put(normalized(name), (HookKind) table[i]);
      }
    }
    return Map.copyOf(names);
  }
}
