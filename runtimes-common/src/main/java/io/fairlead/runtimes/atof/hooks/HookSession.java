package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.runtimes.atof.hooks.Records.Shape;
import io.fairlead.spi.event.StableIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The open scopes of one session: a session scope where the agent has such, a turn, and below it
 * subagents, model calls and tool calls.
 */
final class HookSession {

  private static final int REMEMBERED = 1_000;
  private static final List<String> OWNER_FACTS =
      List.of(
          "thread_source",
          "codex_parent_thread_id",
          "codex_subagent_session_id",
          "codex_subagent_depth",
          "agent_nickname",
          "agent_role",
          "subagent_id",
          "subagent_session_id",
          "hermes_parent_session_id",
          "hermes_subagent_session_id",
          "hermes_child_subagent_id",
          "hermes_parent_turn_id",
          "child_role",
          "child_goal");

  private final HookAgent agent;
  private final String id;
  private final long epoch;
  private boolean started;
  private long turns;
  private long counter;
  private long lastNanos;
  private Map<String, @Nullable Object> metadata = Tree.of();
  private @Nullable OpenScope session;
  private @Nullable OpenScope turn;
  private @Nullable Object turnOutput;
  private final Map<String, OpenScope> subagents = new LinkedHashMap<>();
  private final Map<String, OpenScope> calls = new LinkedHashMap<>();
  private final Map<String, OpenScope> tools = new LinkedHashMap<>();
  private final Deque<String> finished = new ArrayDeque<>();

  /**
   * A session nothing has happened in.
   *
   * @param epoch how often a session of this id was ended before
   */
  HookSession(HookAgent agent, String id, long epoch) {
    this.agent = agent;
    this.id = id;
    this.epoch = epoch;
  }

  long epoch() {
    return epoch;
  }

  long lastNanos() {
    return lastNanos;
  }

  boolean isEmpty() {
    return !started
        && session == null
        && turn == null
        && subagents.isEmpty()
        && calls.isEmpty()
        && tools.isEmpty();
  }

  /** Whether a turn is open in which nothing is being waited for. */
  boolean isIdle() {
    return turn != null && calls.isEmpty() && tools.isEmpty();
  }

  boolean hasTurn() {
    return turn != null;
  }

  void apply(HookEvent event, Records out) {
    lastNanos = out.timeNanos();
    switch (event.kind()) {
      case SESSION_START -> startSession(event, out);
      case SESSION_END -> endSession(event.payload().tree(), out);
      case TURN_START -> prompt(event, out);
      case TURN_END -> endTurn(event, out);
      case SUBAGENT_START -> startSubagent(event, out);
      case SUBAGENT_END -> endSubagent(event, out);
      case HINT -> ensureTurn(event, out);
      case CALL_START -> startCall(event, Objects.requireNonNull(event.call()), out);
      case CALL_END -> endCall(event, Objects.requireNonNull(event.call()), out);
      case TOOL_START -> startTool(event, Objects.requireNonNull(event.tool()), out);
      case TOOL_END -> endTool(event, Objects.requireNonNull(event.tool()), out);
      case COMPACTION -> mark("compaction", event, out);
      case NOTIFICATION -> mark("notification", event, out);
      case SKILL -> mark("skill.load.inferred", event, out);
      case MARK -> mark("hook_mark", event, out);
    }
  }

  private UUID uuid(String kind, String key) {
    return StableIds.uuid(agent.wireName(), id, "", kind, epoch + "/" + key);
  }

  /** Stands above the session as the peer's implicit root does; it is never emitted. */
  private String instance() {
    return uuid("session-instance", "").toString();
  }

  private Map<String, @Nullable Object> scopeMetadata(Map<String, @Nullable Object> event) {
    return Tree.merge(
        Tree.merge(metadata, event),
        Tree.of(
            "session_id", id,
            "session_instance_id", instance(),
            "agent_kind", agent.wireName()));
  }

  private void startSession(HookEvent event, Records out) {
    boolean isNew = !started;
    started = true;
    metadata = Tree.merge(metadata, event.metadata());
    ensureSession(event.metadata(), out);
    if (isNew) {
      String parent = session == null ? instance() : session.uuid();
      out.mark(
          uuid("session-start", ""),
          parent,
          "session.start",
          null,
          scopeMetadata(event.metadata()));
    }
  }

  private void ensureSession(Map<String, @Nullable Object> event, Records out) {
    if (session == null && agent.hasSessionScope()) {
      session =
          out.start(
              uuid("session", ""),
              instance(),
              new Shape("agent", agent.wireName(), null),
              null,
              Tree.merge(scopeMetadata(event), Tree.of("nemo_relay_scope_role", "session")));
    }
  }

  private void prompt(HookEvent event, Records out) {
    if (aliased(event) != null) {
      ensureTurn(event, out);
      mark("prompt_submitted", event, out);
      return;
    }
    closeTurn("superseded_by_next_turn", out);
    openTurn(event.metadata(), event.payload().tree(), "user_prompt", out);
  }

  private OpenScope ensureTurn(HookEvent event, Records out) {
    return turn != null ? turn : openTurn(event.metadata(), null, "implicit", out);
  }

  private OpenScope openTurn(
      Map<String, @Nullable Object> event, @Nullable Object input, String source, Records out) {
    ensureSession(event, out);
    turns++;
    turnOutput = null;
    OpenScope opened =
        out.start(
            uuid("turn", Long.toString(turns)),
            session == null ? instance() : session.uuid(),
            new Shape("custom", agent.wireName() + "-turn", null),
            input,
            Tree.merge(
                scopeMetadata(event),
                Tree.of(
                    "nemo_relay_scope_role",
                    "turn",
                    "turn_index",
                    NumberText.of(turns),
                    "turn_source",
                    source)));
    turn = opened;
    return opened;
  }

  private void endTurn(HookEvent event, Records out) {
    String subagent = aliased(event);
    if (subagent != null) {
      closeSubagent(subagent, event.payload().tree(), out);
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

  void closeTurn(String reason, Records out) {
    closeTurn(Tree.of("status", reason), Tree.of(), reason, out);
  }

  private void closeTurn(
      @Nullable Object output, Map<String, @Nullable Object> boundary, String reason, Records out) {
    OpenScope closing = turn;
    if (closing == null) {
      return;
    }
    Map<String, @Nullable Object> status = Tree.of("status", reason);
    calls.values().forEach(call -> out.end(call, status, status));
    calls.clear();
    tools.values().forEach(tool -> out.end(tool, status, status));
    tools.clear();
    List<String> open = new ArrayList<>(subagents.keySet());
    for (int i = open.size() - 1; i >= 0; i--) {
      closeSubagent(open.get(i), status, out);
    }
    out.end(closing, turnOutput != null ? turnOutput : output, boundary);
    turn = null;
    turnOutput = null;
  }

  private void endSession(@Nullable Object output, Records out) {
    if (isEmpty()) {
      return;
    }
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

  private void startSubagent(HookEvent event, Records out) {
    OpenScope parent = ensureTurn(event, out);
    String subagent = event.subagent() == null ? "subagent" : event.subagent();
    if (subagents.containsKey(subagent)) {
      return;
    }
    String key = "subagent/" + turns + "/" + subagent;
    long again = finished.stream().filter(key::equals).count();
    subagents.put(
        subagent,
        out.start(
            uuid("subagent", turns + "/" + subagent + "/" + again),
            parent.uuid(),
            new Shape("agent", "subagent:" + subagent, null),
            event.payload().tree(),
            Tree.merge(event.metadata(), Tree.of("nemo_relay_scope_role", "subagent"))));
  }

  private void endSubagent(HookEvent event, Records out) {
    String subagent = event.subagent() == null ? "subagent" : event.subagent();
    if (subagents.containsKey(subagent)) {
      closeSubagent(subagent, event.payload().tree(), out);
      return;
    }
    boolean late = agent == HookAgent.CLAUDE_CODE && turn == null;
    if (!late && !isFinished("subagent-known/" + subagent)) {
      mark("subagent_end_without_start", event, out);
    }
  }

  private void closeSubagent(String subagent, @Nullable Object output, Records out) {
    OpenScope scope = subagents.remove(subagent);
    if (scope != null) {
      out.end(scope, output, Tree.of());
      finish("subagent/" + turns + "/" + subagent);
      finish("subagent-known/" + subagent);
    }
  }

  private void startCall(HookEvent event, HookEvent.Call call, Records out) {
    OpenScope parent = ensureTurn(event, out);
    if (!calls.containsKey(call.id()) && !isFinished("call/" + callKey(event, call))) {
      Owner owner = callOwner(event, parent);
      calls.put(call.id(), callStart(event, call, owner, out));
    }
  }

  private OpenScope callStart(HookEvent event, HookEvent.Call call, Owner owner, Records out) {
    return out.start(
        uuid("call", callKey(event, call)),
        owner.scope.uuid(),
        new Shape("llm", call.provider(), Tree.of("model_name", call.model())),
        Tree.of(
            "content", call.request(),
            "headers", Tree.of()),
        owner.metadata);
  }

  /** Ids Hermes makes up of its counters are good for one turn only. */
  private String callKey(HookEvent event, HookEvent.Call call) {
    boolean given = event.payload().text(List.of("api_request_id", "extra.api_request_id")) != null;
    return given ? call.id() : turns + "/" + call.id();
  }

  private void endCall(HookEvent event, HookEvent.Call call, Records out) {
    OpenScope parent = ensureTurn(event, out);
    String key = "call/" + callKey(event, call);
    OpenScope scope = calls.remove(call.id());
    if (scope == null && isFinished(key)) {
      return;
    }
    Owner owner = callOwner(event, parent);
    if (scope == null) {
      scope = callStart(event, call, owner, out);
    }
    if (owner.scope == parent) {
      turnOutput = call.response();
    }
    out.end(scope, call.response(), Tree.merge(owner.metadata, Failures.of(call)));
    finish(key);
  }

  /** What an event belongs to, and what is said about it therefore. */
  private record Owner(OpenScope scope, Map<String, @Nullable Object> metadata) {}

  private Owner callOwner(HookEvent event, OpenScope parent) {
    String subagent = new Payload(event.metadata()).text("llm_correlation_subagent_id");
    OpenScope scope = subagent == null ? null : subagents.get(subagent);
    if (scope == null) {
      return new Owner(parent, event.metadata());
    }
    Map<String, @Nullable Object> facts = Tree.of();
    for (String name : OWNER_FACTS) {
      Object value = scope.metadata().get(name);
      if (value != null) {
        facts.put(name, value);
      }
    }
    return new Owner(scope, Tree.merge(event.metadata(), facts));
  }

  private void startTool(HookEvent event, HookEvent.Tool tool, Records out) {
    ensureTurn(event, out);
    String key = toolKey(tool);
    if (!tools.containsKey(key) && !isFinished("tool/" + key)) {
      tools.put(key, toolStart(event, tool, key, out));
    }
  }

  private String toolKey(HookEvent.Tool tool) {
    return tool.id() != null ? tool.id() : "tool-" + turns + "-" + ++counter;
  }

  private Map<String, @Nullable Object> toolIdentity(HookEvent event) {
    return Tree.merge(
        event.metadata(),
        Tree.of(
            "session_id",
            id,
            "turn_id",
            Long.toString(turns),
            "harness",
            agent.wireName(),
            "source",
            "hook",
            "identity_quality",
            "native"));
  }

  private OpenScope toolStart(HookEvent event, HookEvent.Tool tool, String key, Records out) {
    String subagent = event.subagent();
    OpenScope owner = subagent == null ? null : subagents.get(subagent);
    Map<String, @Nullable Object> found =
        owner == null
            ? Tree.of("tool_correlation_status", "agent_fallback")
            : Tree.of(
                "tool_correlation_status", "explicit",
                "tool_correlation_source", "hook_payload",
                "tool_correlation_subagent_id", subagent);
    OpenScope parent = owner != null ? owner : Objects.requireNonNull(turn);
    OpenScope started =
        out.start(
            uuid("tool", key),
            parent.uuid(),
            new Shape("tool", tool.name(), Tree.of("tool_call_id", key)),
            tool.arguments(),
            Tree.merge(toolIdentity(event), found));
    return new OpenScope(
        started.start(), JsonTree.write(tool.arguments()), owner == null ? null : subagent);
  }

  private void endTool(HookEvent event, HookEvent.Tool tool, Records out) {
    ensureTurn(event, out);
    OpenScope scope = takeTool(event, tool);
    if (scope == null) {
      String key = toolKey(tool);
      if (isFinished("tool/" + key)) {
        return;
      }
      scope = toolStart(event, tool, key, out);
    }
    out.end(scope, tool.result(), Tree.merge(toolIdentity(event), Failures.of(tool)));
    finish("tool/" + new Payload(scope.start()).text("category_profile.tool_call_id"));
    String completed = AgentTool.completed(agent, tool);
    if (completed != null) {
      closeSubagent(completed, tool.result(), out);
    }
  }

  /** The call an end belongs to: by its id, else the only one of that name and arguments. */
  private @Nullable OpenScope takeTool(HookEvent event, HookEvent.Tool tool) {
    OpenScope known = tool.id() == null ? null : tools.remove(tool.id());
    if (known != null || tool.arguments() == null) {
      return known;
    }
    String arguments = JsonTree.write(tool.arguments());
    String owner =
        event.subagent() != null && subagents.containsKey(event.subagent())
            ? event.subagent()
            : null;
    List<String> like = new ArrayList<>();
    tools.forEach(
        (key, open) -> {
          if (open.name().equals(tool.name())
              && arguments.equals(open.arguments())
              && (owner == null || owner.equals(open.owner()))) {
            like.add(key);
          }
        });
    return like.size() == 1 ? tools.remove(like.get(0)) : null;
  }

  private void mark(String name, HookEvent event, Records out) {
    OpenScope parent = ensureTurn(event, out);
    out.mark(
        uuid("mark", turns + "/" + ++counter),
        parent.uuid(),
        name,
        event.payload().tree(),
        event.metadata());
  }

  private boolean isFinished(String key) {
    return finished.contains(key);
  }

  private void finish(String key) {
    finished.addLast(key);
    if (finished.size() > REMEMBERED) {
      finished.removeFirst();
    }
  }

  String toJson() {
    return JsonTree.write(
        Tree.of(
            "epoch", NumberText.of(epoch),
            "started", started,
            "turns", NumberText.of(turns),
            "counter", NumberText.of(counter),
            "last", NumberText.of(lastNanos),
            "metadata", metadata,
            "session", session == null ? null : session.toTree(),
            "turn", turn == null ? null : turn.toTree(),
            "output", turnOutput,
            "subagents", trees(subagents),
            "calls", trees(calls),
            "tools", trees(tools),
            "finished", new ArrayList<>(finished)));
  }

  private static Map<String, @Nullable Object> trees(Map<String, OpenScope> scopes) {
    Map<String, @Nullable Object> trees = Tree.of();
    scopes.forEach((key, scope) -> trees.put(key, scope.toTree()));
    return trees;
  }

  static HookSession of(HookAgent agent, String id, String json) {
    Payload tree = new Payload(JsonTree.parse(json));
    HookSession session = new HookSession(agent, id, number(tree, "epoch"));
    session.started = Boolean.TRUE.equals(tree.value("started"));
    session.turns = number(tree, "turns");
    session.counter = number(tree, "counter");
    session.lastNanos = number(tree, "last");
    session.metadata = Tree.object(tree.value("metadata"));
    session.session = tree.has("session") ? OpenScope.of(tree.value("session")) : null;
    session.turn = tree.has("turn") ? OpenScope.of(tree.value("turn")) : null;
    session.turnOutput = tree.value("output");
    fill(session.subagents, tree.value("subagents"));
    fill(session.calls, tree.value("calls"));
    fill(session.tools, tree.value("tools"));
    if (tree.value("finished") instanceof List<?> keys) {
      keys.forEach(key -> session.finished.add(String.valueOf(key)));
    }
    return session;
  }

  private static void fill(Map<String, OpenScope> scopes, @Nullable Object tree) {
    Tree.object(tree).forEach((key, scope) -> scopes.put(key, OpenScope.of(scope)));
  }

  private static long number(Payload tree, String name) {
    Long number = tree.value(name) instanceof NumberText text ? text.asLong() : null;
    return number == null ? 0 : number;
  }
}
