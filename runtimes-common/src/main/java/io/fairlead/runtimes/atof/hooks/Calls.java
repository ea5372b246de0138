package io.fairlead.runtimes.atof.hooks;

import io.fairlead.runtimes.atof.hooks.Records.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The model calls of a turn that are open. */
final class Calls {

  /** What is said of a subagent is said of its calls as well. */
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

  private final Subagents subagents;
  private final Map<String, OpenScope> open = new LinkedHashMap<>();

  Calls(Subagents subagents) {
    this.subagents = subagents;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void start(HookEvent event, Turn turn, Records out) {
    HookEvent.Call call = Objects.requireNonNull(event.call());
    if (!open.containsKey(call.id())) {
      open.put(call.id(), started(event, call, turn, out));
    }
  }

  void end(HookEvent event, Turn turn, Records out) {
    HookEvent.Call call = Objects.requireNonNull(event.call());
    OpenScope scope = open.remove(call.id());
    if (scope == null) {
      scope = started(event, call, turn, out);
    }
    if (owner(event) == null) {
      turn.answered(call.response(), out);
    }
    out.end(scope, call.response(), Tree.merge(metadata(event), Failures.of(call)));
  }

  void endAll(String reason, Records out) {
    Map<String, @Nullable Object> status = Tree.of("status", reason);
    open.values().forEach(call -> out.end(call, status, status));
    open.clear();
  }

  private OpenScope started(HookEvent event, HookEvent.Call call, Turn turn, Records out) {
    OpenScope owner = subagents.scope(owner(event));
    return out.start(
        turn.uuid("call", call.id()),
        (owner == null ? turn.scope() : owner).uuid(),
        new Shape("llm", call.provider(), Tree.of("model_name", call.model())),
        Tree.of("content", call.request(), "headers", Tree.of()),
        metadata(event));
  }

  /** The subagent that calls, as the way the event came tells; null for the agent itself. */
  private static @Nullable String owner(HookEvent event) {
    return new Payload(event.metadata()).text("llm_correlation_subagent_id");
  }

  private Map<String, @Nullable Object> metadata(HookEvent event) {
    OpenScope scope = subagents.scope(owner(event));
    Map<String, @Nullable Object> facts = Tree.of();
    if (scope != null) {
      for (String name : OWNER_FACTS) {
        facts.put(name, scope.metadata().get(name));
      }
    }
    return Tree.merge(event.metadata(), facts);
  }

  Map<String, @Nullable Object> toTree() {
    return OpenScope.trees(open);
  }

  static Calls of(Subagents subagents, @Nullable Object tree) {
    Calls calls = new Calls(subagents);
    calls.open.putAll(OpenScope.ofTrees(tree));
    return calls;
  }
}
