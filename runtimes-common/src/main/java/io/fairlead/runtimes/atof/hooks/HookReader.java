package io.fairlead.runtimes.atof.hooks;

import io.fairlead.runtimes.common.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes events of a payload. */
final class HookReader {

  /** Names the session when a hook does not: one for all such hooks of an agent. */
  static final String FALLBACK_SESSION = "hook";

  private static final String SESSION_HEADER = "x-nemo-relay-session-id";
  private static final String CLAUDE_SESSION_HEADER = "x-claude-code-session-id";
  private static final List<String> DETAILS =
      List.of("error", "reason", "is_interrupt", "duration_ms");

  private final HookAgent agent;
  private final HttpRequest request;
  private final Payload payload;
  private final String name;
  private final String normalized;

  HookReader(HookAgent agent, HttpRequest request, Payload payload) {
    this.agent = agent;
    this.request = request;
    this.payload = payload;
    String stated = payload.text(HookPaths.EVENT);
    this.name = stated == null ? "unknown" : stated;
    this.normalized = HookAgent.normalized(name);
  }

  /** One event, or two when the hook says two things; none when it cannot be placed. */
  List<HookEvent> events() {
    HookKind kind = agent.kind(name);
    if (agent == HookAgent.HERMES && kind == HookKind.TOOL_START && !isPlaceable()) {
      return List.of();
    }
    HookEvent event = event(kind);
    HookEvent skill = normalized.equals("userpromptexpansion") ? skill(event) : null;
    if (skill != null) {
      return List.of(skill);
    }
    if (kind == HookKind.TURN_START) {
      return List.of(event, event.of(HookKind.HINT));
    }
    return normalized.equals("stop") && kind == HookKind.HINT
        ? List.of(event, event.of(HookKind.TURN_END))
        : List.of(event);
  }

  /** A start that names no session and no call would open something nobody ends. */
  private boolean isPlaceable() {
    boolean session =
        request.header(SESSION_HEADER) != null
            || request.header(CLAUDE_SESSION_HEADER) != null
            || payload.has("session.id")
            || hasText(HookPaths.HERMES_SESSION);
    return session
        && (payload.has("tool.id")
            || payload.has("tool_input.id")
            || hasText(HookPaths.HERMES_TOOL_ID));
  }

  private boolean hasText(List<String> names) {
    return names.stream()
        .anyMatch(each -> Payload.asText(payload.value(List.of(each, "extra." + each))) != null);
  }

  private HookEvent event(HookKind kind) {
    String session = session();
    Map<String, @Nullable Object> metadata = metadata();
    HookEvent.Call call = null;
    HookEvent.Tool tool = null;
    if (kind == HookKind.CALL_START || kind == HookKind.CALL_END) {
      HermesCall hermes = new HermesCall(payload, name);
      call = hermes.call(session);
      metadata = Tree.merge(metadata, hermes.metadata(session));
    } else if (kind == HookKind.TOOL_START || kind == HookKind.TOOL_END) {
      tool = tool();
    }
    String subagent = payload.text(agent.subagentPaths());
    if (subagent == null) {
      subagent = request.header("x-nemo-relay-subagent-id");
    }
    return new HookEvent(
        kind,
        agent,
        session,
        name,
        payload,
        metadata,
        subagent,
        call,
        tool,
        SessionHeaders.of(request));
  }

  private String session() {
    String stated = request.header(SESSION_HEADER);
    if (stated == null && agent != HookAgent.CODEX) {
      stated = request.header(CLAUDE_SESSION_HEADER);
    }
    if (stated == null) {
      stated = payload.text(HookPaths.SESSION);
    }
    return stated == null ? FALLBACK_SESSION + "-" + agent.wireName() : stated;
  }

  private Map<String, @Nullable Object> metadata() {
    return Tree.of(
        "agent_kind", agent.wireName(),
        "hook_event_name", name,
        "gateway_config_profile", request.header("x-nemo-relay-config-profile"),
        "model", payload.text("model"),
        "agent_id", payload.text("agent_id"),
        "agent_type", payload.text("agent_type"));
  }

  private HookEvent.Tool tool() {
    String tool = payload.text(HookPaths.TOOL_NAME);
    boolean failure = normalized.contains("failure") || normalized.contains("failed");
    boolean denied = normalized.contains("permissiondenied");
    String status = payload.text(HookPaths.STATUS);
    if (status == null) {
      status = failure ? "error" : denied ? "denied" : null;
    }
    Object result = payload.value(HookPaths.RESULT);
    if ((failure || denied) && HookPaths.RESULT.stream().noneMatch(payload::has)) {
      result = details();
    }
    return new HookEvent.Tool(
        payload.text(agent.toolIdPaths()),
        tool == null ? "unknown_tool" : tool,
        payload.value(agent.argumentPaths()),
        result,
        status);
  }

  private @Nullable Object details() {
    Map<String, @Nullable Object> details = Tree.of();
    for (String detail : DETAILS) {
      if (payload.has(detail)) {
        details.put(detail, payload.value(detail));
      }
    }
    return details.isEmpty() ? null : details;
  }

  private @Nullable HookEvent skill(HookEvent event) {
    String type = payload.text("expansion_type");
    String command = payload.text("command_name");
    if (type == null
        || command == null
        || command.isBlank()
        || !HookAgent.normalized(type).equals("slashcommand")) {
      return null;
    }
    return event
        .of(HookKind.SKILL)
        .with(
            new Payload(Tree.of("skill_name", command.strip())),
            Tree.of(
                "skill_load_source",
                "prompt_expansion",
                "inferred",
                true,
                "command_source",
                payload.text("command_source")));
  }
}
