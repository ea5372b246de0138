package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.runtimes.atof.hooks.Records.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is open in one session: a session scope where the agent has such, a turn, and below it
 * subagents, model calls and tool calls.
 */
final class HookSession {

  private final SessionIds ids;
  private final SessionHeaders headers;
  private final Turn turn;
  private final Subagents subagents;
  private final Calls calls;
  private final Tools tools;
  private final ToolHints hints;
  private boolean started;
  private long lastNanos;
  private Map<String, @Nullable Object> metadata = Tree.of();
  private @Nullable OpenScope session;
  private long marks;

  /** A session nothing has happened in. */
  HookSession(SessionIds ids, SessionHeaders headers) {
    this(ids, headers, Payload.NOTHING);
  }

  private HookSession(SessionIds ids, SessionHeaders headers, Payload state) {
    this.ids = ids;
    this.headers = headers;
    this.turn = Turn.of(ids, state.value("turn"));
    this.subagents = Subagents.of(state.value("subagents"));
    this.hints = ToolHints.of(state.value("hints"));
    this.calls = Calls.of(subagents, state.value("calls"));
    this.tools = Tools.of(ids, subagents, hints, state.value("tools"));
  }

  SessionIds ids() {
    return ids;
  }

  /** Whether the agent said that it began, or it has a scope. */
  boolean isStarted() {
    return started || session != null;
  }

  long lastNanos() {
    return lastNanos;
  }

  boolean isEmpty() {
    return !started
        && session == null
        && !turn.isOpen()
        && subagents.isEmpty()
        && calls.isEmpty()
        && tools.isEmpty();
  }

  /** Whether it was ever not empty. */
  boolean wasUsed() {
    return turn.index() > 0 || marks > 0;
  }

  /** Whether a turn is open in which nothing is being waited for. */
  boolean isIdle() {
    return turn.isOpen() && calls.isEmpty() && tools.isEmpty();
  }

  boolean hasTurn() {
    return turn.isOpen();
  }

  void apply(HookEvent event, Records out) {
    lastNanos = out.timeNanos();
    switch (event.kind()) {
      case SESSION_START -> startSession(event, out);
      case SESSION_END -> endSession(event.payload().tree(), out);
      case TURN_START -> prompt(event, out);
      case TURN_END -> endTurn(event, out);
      case SUBAGENT_START -> subagents.start(event, inTurn(event, out), out);
      case SUBAGENT_END -> endSubagent(event, out);
      case HINT -> hint(event, out);
      case CALL_START -> calls.start(event, inTurn(event, out), out);
      case CALL_END -> calls.end(event, inTurn(event, out), out);
      case TOOL_START -> tools.start(event, inTurn(event, out), out);
      case TOOL_END -> endTool(event, out);
      case COMPACTION -> mark("compaction", event, out);
      case NOTIFICATION -> mark("notification", event, out);
      case SKILL -> mark("skill.load.inferred", event, out);
      case MARK -> mark("hook_mark", event, out);
    }
  }

  private Map<String, @Nullable Object> scopeMetadata(Map<String, @Nullable Object> event) {
    Map<String, @Nullable Object> said =
        Tree.merge(Tree.merge(headers.metadata(), metadata), event);
    return Tree.merge(
        Tree.merge(said, headers.stated()),
        Tree.of(
            "session_id", ids.session(),
            "session_instance_id", ids.instance(),
            "agent_kind", ids.agent().wireName()));
  }

  private void startSession(HookEvent event, Records out) {
    boolean isNew = !started;
    started = true;
    metadata = Tree.merge(metadata, event.metadata());
    ensureSession(event.metadata(), out);
    if (isNew) {
      String parent = session == null && turn.isOpen() ? turn.scope().uuid() : top();
      marks++;
      out.mark(
          ids.uuid("session-start", Long.toString(marks)),
          parent,
          "session.start",
          null,
          scopeMetadata(event.metadata()));
    }
  }

  /** The session's scope, or what stands for it. */
  private String top() {
    return session == null ? ids.instance() : session.uuid();
  }

  private void ensureSession(Map<String, @Nullable Object> event, Records out) {
    if (session == null && ids.agent().hasSessionScope()) {
      session =
          out.start(
              ids.uuid("session", ""),
              ids.instance(),
              new Shape("agent", ids.agent().wireName(), null),
              null,
              Tree.merge(scopeMetadata(event), Tree.of("nemo_relay_scope_role", "session")));
    }
  }

  private void prompt(HookEvent event, Records out) {
    if (aliased(event) != null) {
      mark("prompt_submitted", event, out);
      return;
    }
    closeTurn("superseded_by_next_turn", out);
    openTurn(event.metadata(), event.payload().tree(), "user_prompt", out);
  }

  private Turn inTurn(HookEvent event, Records out) {
    if (!turn.isOpen()) {
      openTurn(event.metadata(), null, "implicit", out);
    }
    return turn;
  }

  private void openTurn(
      Map<String, @Nullable Object> event, @Nullable Object input, String source, Records out) {
    ensureSession(event, out);
    turn.open(top(), input, scopeMetadata(event), source, out);
  }

  private void endTurn(HookEvent event, Records out) {
    String subagent = aliased(event);
    if (subagent != null) {
      endSubagent(subagent, event.payload().tree(), out);
    } else {
      closeTurn(event.payload().tree(), event.metadata(), "closed_by_turn_end", out);
    }
  }

  /** The subagent an event of a child session is about, or null. */
  private static @Nullable String aliased(HookEvent event) {
    return new Payload(event.metadata())
        .text(
            List.of(
                "hermes_child_subagent_id",
                "subagent_id",
                "codex_subagent_session_id",
                "subagent_session_id"));
  }

  /** Ends the turn, if one is open. Returns the subagents that ended with it. */
  List<String> closeTurn(String reason, Records out) {
    return closeTurn(Tree.of("status", reason), Tree.of(), reason, out);
  }

  private List<String> closeTurn(
      @Nullable Object output, Map<String, @Nullable Object> boundary, String reason, Records out) {
    if (!turn.isOpen()) {
      return List.of();
    }
    calls.endAll(reason, out);
    tools.endAll(reason, out);
    List<String> ended = subagents.endAll(reason, out);
    hints.clear();
    turn.close(output, boundary, out);
    return ended;
  }

  private void endSession(@Nullable Object output, Records out) {
    closeTurn("closed_by_agent_end", out);
    if (session != null) {
      out.end(session, output, Tree.of());
      session = null;
    }
    started = false;
  }

  /** Ends everything that is open. */
  void closeAll(String reason, Records out) {
    closeTurn(reason, out);
    endSession(Tree.of("status", reason), out);
  }

  private void endSubagent(HookEvent event, Records out) {
    String subagent = Subagents.name(event);
    if (subagents.isCompleted(subagent)) {
      return;
    }
    if (subagents.scope(subagent) != null) {
      endSubagent(subagent, event.payload().tree(), out);
    } else if (ids.agent() != HookAgent.CLAUDE_CODE || turn.isOpen()) {
      // Claude Code reports workers' ends after the turn's; such a report alone is no turn.
      mark("subagent_end_without_start", event, out);
    }
  }

  private void endSubagent(String subagent, @Nullable Object output, Records out) {
    if (subagents.scope(subagent) != null) {
      subagents.end(subagent, output, out);
      hints.removeOf(subagent);
    }
  }

  private void hint(HookEvent event, Records out) {
    inTurn(event, out);
    hints.add(event, out);
  }

  private void endTool(HookEvent event, Records out) {
    tools.end(event, inTurn(event, out), out);
    HookEvent.Tool tool = Objects.requireNonNull(event.tool());
    String completed = AgentTool.completed(ids.agent(), tool);
    if (completed != null) {
      endSubagent(completed, tool.result(), out);
    }
  }

  private void mark(String name, HookEvent event, Records out) {
    Turn open = inTurn(event, out);
    marks++;
    out.mark(
        open.uuid("mark", ""), open.scope().uuid(), name, event.payload().tree(), event.metadata());
  }

  String toJson() {
    return JsonTree.write(
        Tree.of(
            "epoch", NumberText.of(ids.epoch()),
            "headers", headers.toTree(),
            "started", started,
            "last", NumberText.of(lastNanos),
            "marks", NumberText.of(marks),
            "metadata", metadata,
            "session", session == null ? null : session.toTree(),
            "turn", turn.toTree(),
            "subagents", subagents.toTree(),
            "hints", hints.toTree(),
            "calls", calls.toTree(),
            "tools", tools.toTree()));
  }

  static HookSession of(HookAgent agent, String id, String json) {
    Payload state = new Payload(JsonTree.parse(json));
    HookSession session =
        new HookSession(
            new SessionIds(agent, id, state.number("epoch")),
            SessionHeaders.ofTree(state.value("headers")),
            state);
    session.started = Boolean.TRUE.equals(state.value("started"));
    session.lastNanos = state.number("last");
    session.marks = state.number("marks");
    session.metadata = Tree.object(state.value("metadata"));
    session.session = state.has("session") ? OpenScope.of(state.value("session")) : null;
    return session;
  }
}
