package io.fairlead.runtimes.atof.hooks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session that works for another one.
 *
 * @param parent the session it works for
 * @param subagent what it is called there
 * @param metadata said about everything it does
 * @param scope said about its scope besides
 */
record ChildSession(
    String parent,
    String subagent,
    Map<String, @Nullable Object> metadata,
    Map<String, @Nullable Object> scope) {

  private static final String SPAWN = "source.subagent.thread_spawn.";

  /** What an event says about its session's parent, or null. */
  static @Nullable ChildSession startedBy(HookEvent event) {
    ChildSession child =
        switch (event.agent()) {
          case CODEX -> codex(event);
          case HERMES -> hermes(event);
          case CLAUDE_CODE -> null;
        };
    return child == null || child.parent.equals(event.session()) ? null : child;
  }

  private static @Nullable ChildSession codex(HookEvent event) {
    Payload payload = event.payload();
    String parent = payload.text(spawn("parent_thread_id", true));
    if (parent == null) {
      return null;
    }
    Map<String, @Nullable Object> metadata =
        Tree.of(
            "thread_source",
            "subagent",
            "codex_parent_thread_id",
            parent,
            "codex_subagent_session_id",
            event.session());
    Map<String, @Nullable Object> scope =
        Tree.of(
            "agent_nickname", payload.text(named("agent_nickname")),
            "agent_role", payload.text(named("agent_role")),
            "codex_subagent_depth", payload.text(spawn("depth", false)));
    return new ChildSession(parent, event.session(), metadata, Tree.merge(metadata, scope));
  }

  private static List<String> named(String name) {
    return Stream.concat(
            Stream.of(name, "payload." + name, "session_meta.payload." + name),
            spawn(name, false).stream())
        .toList();
  }

  private static List<String> spawn(String name, boolean extra) {
    List<String> paths =
        List.of(SPAWN + name, "payload." + SPAWN + name, "session_meta.payload." + SPAWN + name);
    return extra
        ? Stream.concat(paths.stream(), Stream.of("extra." + SPAWN + name)).toList()
        : paths;
  }

  /** What a Hermes payload says of a child session; its parent may be the event's own session. */
  static @Nullable ChildSession hermes(HookEvent event) {
    Payload payload = event.payload();
    String child = payload.text(HookPaths.HERMES_CHILD);
    if (child == null) {
      return null;
    }
    String parent = payload.text(HookPaths.HERMES_PARENT);
    String subagent = payload.text(HookPaths.HERMES_CHILD_AGENT);
    String known = parent == null ? event.session() : parent;
    String name = subagent == null ? child : subagent;
    Map<String, @Nullable Object> metadata =
        Tree.of(
            "thread_source", "subagent",
            "subagent_id", name,
            "subagent_session_id", child,
            "hermes_parent_session_id", known,
            "hermes_subagent_session_id", child,
            "hermes_child_subagent_id", name,
            "hermes_parent_turn_id", inExtra(payload, "parent_turn_id"),
            "child_role", inExtra(payload, "child_role"),
            "child_goal", inExtra(payload, "child_goal"));
    return new ChildSession(
        known, name, metadata, Tree.merge(metadata, Tree.of("session_id", child)));
  }

  private static @Nullable String inExtra(Payload payload, String name) {
    return payload.text(List.of(name, "extra." + name));
  }

  /** An event of the child as one of its parent. */
  HookEvent route(HookEvent event) {
    return switch (event.kind()) {
      case SESSION_START -> event.of(HookKind.SUBAGENT_START).routed(parent, metadata, subagent);
      case SESSION_END -> event.of(HookKind.SUBAGENT_END).routed(parent, metadata, subagent);
      case TOOL_START, TOOL_END, HINT -> event.routed(parent, metadata, subagent);
      case CALL_START, CALL_END ->
          event.routed(
              parent,
              Tree.merge(
                  metadata,
                  Tree.of(
                      "llm_correlation_status", "session_alias",
                      "llm_correlation_source", "session_alias",
                      "llm_correlation_subagent_id", subagent)),
              null);
      default -> event.routed(parent, metadata, null);
    };
  }

  Map<String, @Nullable Object> toTree() {
    return Tree.of("parent", parent, "subagent", subagent, "metadata", metadata, "scope", scope);
  }

  static ChildSession of(@Nullable Object tree) {
    Payload json = new Payload(tree);
    return new ChildSession(
        String.valueOf(json.text("parent")),
        String.valueOf(json.text("subagent")),
        Tree.object(json.value("metadata")),
        Tree.object(json.value("scope")));
  }
}
