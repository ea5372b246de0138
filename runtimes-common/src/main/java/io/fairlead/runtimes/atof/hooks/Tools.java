package io.fairlead.runtimes.atof.hooks;

import io.fairlead.runtimes.atof.hooks.Records.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tool calls of a turn that are open, and who they belong to. */
final class Tools {

  private final SessionIds ids;
  private final Subagents subagents;
  private final ToolHints hints;
  private final Map<String, OpenScope> open = new LinkedHashMap<>();

  Tools(SessionIds ids, Subagents subagents, ToolHints hints) {
    this.ids = ids;
    this.subagents = subagents;
    this.hints = hints;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void start(HookEvent event, Turn turn, Records out) {
    HookEvent.Tool tool = Objects.requireNonNull(event.tool());
    String key = key(tool, turn);
    if (!open.containsKey(key)) {
      open.put(key, started(event, tool, key, turn, out));
    }
  }

  void end(HookEvent event, Turn turn, Records out) {
    HookEvent.Tool tool = Objects.requireNonNull(event.tool());
    String key = key(tool, turn);
    OpenScope scope = take(event, tool, key);
    if (scope == null) {
      scope = started(event, tool, key, turn, out);
    }
    out.end(scope, tool.result(), Tree.merge(identity(event, turn), Failures.of(tool)));
  }

  void endAll(String reason, Records out) {
    Map<String, @Nullable Object> status = Tree.of("status", reason);
    open.values().forEach(tool -> out.end(tool, status, status));
    open.clear();
  }

  private static String key(HookEvent.Tool tool, Turn turn) {
    return tool.id() != null ? tool.id() : turn.key("tool");
  }

  private Map<String, @Nullable Object> identity(HookEvent event, Turn turn) {
    return Tree.merge(
        event.metadata(),
        Tree.of(
            "session_id", ids.session(),
            "turn_id", Long.toString(turn.index()),
            "harness", ids.agent().wireName(),
            "source", "hook",
            "identity_quality", "native"));
  }

  private OpenScope started(
      HookEvent event, HookEvent.Tool tool, String key, Turn turn, Records out) {
    Owner owner = owner(event, tool, key, out);
    Object arguments = tool.arguments();
    String fingerprint = arguments == null ? null : Fingerprint.of(arguments);
    if (arguments == null && owner.hint != null) {
      arguments = owner.hint.arguments();
      fingerprint = owner.hint.fingerprint();
    }
    OpenScope parent = subagents.scope(owner.subagent);
    return out.start(
            turn.uuid("tool", key),
            (parent == null ? turn.scope() : parent).uuid(),
            new Shape("tool", tool.name(), Tree.of("tool_call_id", key)),
            arguments,
            Tree.merge(identity(event, turn), owner.toTree()))
        .with(fingerprint, owner.subagent);
  }

  /**
   * Whom a tool call belongs to, and how that is known.
   *
   * @param subagent one that works, or null for the turn
   */
  private record Owner(String status, @Nullable String subagent, @Nullable ToolHint hint) {

    Map<String, @Nullable Object> toTree() {
      Map<String, @Nullable Object> tree =
          Tree.of(
              "tool_correlation_status", status,
              "tool_correlation_source",
                  hint != null ? hint.source() : subagent != null ? "hook_payload" : null,
              "tool_correlation_subagent_id", subagent);
      return hint == null
          ? tree
          : Tree.merge(
              tree,
              Tree.of(
                  "tool_correlation_tool_call_id", hint.id(),
                  "tool_correlation_tool_name", hint.name(),
                  "tool_correlation_arguments", hint.arguments()));
    }
  }

  private Owner owner(HookEvent event, HookEvent.Tool tool, String key, Records out) {
    hints.prune(out);
    ToolHint hint = hints.find(key, tool);
    int known = hints.size();
    if (hint != null) {
      hints.remove(hint);
    }
    if (subagents.scope(event.subagent()) != null) {
      return new Owner("explicit", event.subagent(), null);
    }
    if (hint != null) {
      String subagent = subagents.scope(hint.subagent()) == null ? null : hint.subagent();
      return new Owner(known == 1 ? "single_hint" : "matched_hint", subagent, hint);
    }
    return new Owner(known == 0 ? "agent_fallback" : "ambiguous_fallback", null, null);
  }

  /** The call an end belongs to: by its id, else the only one of that name and arguments. */
  private @Nullable OpenScope take(HookEvent event, HookEvent.Tool tool, String key) {
    OpenScope known = open.remove(key);
    if (known != null || tool.arguments() == null) {
      return known;
    }
    String owner = statedOwner(event, tool, key);
    String fingerprint = Fingerprint.of(tool.arguments());
    List<String> like = new ArrayList<>();
    open.forEach(
        (one, scope) -> {
          if (scope.name().equals(tool.name())
              && fingerprint.equals(scope.arguments())
              && (owner == null || owner.equals(scope.owner()))) {
            like.add(one);
          }
        });
    return like.size() == 1 ? open.remove(like.get(0)) : null;
  }

  private @Nullable String statedOwner(HookEvent event, HookEvent.Tool tool, String key) {
    if (subagents.scope(event.subagent()) != null) {
      return event.subagent();
    }
    ToolHint hint = hints.find(key, tool);
    return hint == null || subagents.scope(hint.subagent()) == null ? null : hint.subagent();
  }

  Map<String, @Nullable Object> toTree() {
    return OpenScope.trees(open);
  }

  static Tools of(SessionIds ids, Subagents subagents, ToolHints hints, @Nullable Object tree) {
    Tools tools = new Tools(ids, subagents, hints);
    tools.open.putAll(OpenScope.ofTrees(tree));
    return tools;
  }
}
