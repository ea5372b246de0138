package io.fairlead.runtimes.atof.hooks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session that works for another one.
 *
 * @param id what the child calls itself
 * @param parent the session it works for
 * @param subagent what it is called there
 * @param metadata said about everything it does
 * @param start said about a start that names it
 * @param scope said about its scope
 */
record ChildSession(
    String id,
    String parent,
    String subagent,
    Map<String, @Nullable Object> metadata,
    Map<String, @Nullable Object> start,
    Map<String, @Nullable Object> scope) {

  private static final String SPAWN = "source.subagent.thread_spawn.";

  /** What the start of a session says about its parent, or null. */
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
    Map<String, @Nullable Object> start =
        Tree.of(
            "thread_source", "subagent",
            "codex_parent_thread_id", parent,
            "agent_nickname", payload.text(named("agent_nickname")),
            "agent_role", payload.text(named("agent_role")),
            "codex_subagent_depth", payload.text(spawn("depth", false)));
    Map<String, @Nullable Object> metadata =
        Tree.of(
            "thread_source",
            "subagent",
            "codex_parent_thread_id",
            parent,
            "codex_subagent_session_id",
            event.session());
    return new ChildSession(
        event.session(), parent, event.session(), metadata, start, Tree.merge(start, metadata));
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

  /** What a Hermes hook says of a child session; its parent may be the event's own session. */
  static @Nullable ChildSession hermes(HookEvent event) {
    String child = said(event, HookPaths.HERMES_CHILD);
    if (child == null) {
      return null;
    }
    String stated = said(event, HookPaths.HERMES_PARENT);
    String subagent = said(event, HookPaths.HERMES_CHILD_AGENT);
    String parent = stated == null ? event.session() : stated;
    String name = subagent == null ? child : subagent;
    Map<String, @Nullable Object> metadata =
        Tree.of(
            "thread_source", "subagent",
            "subagent_id", name,
            "subagent_session_id", child,
            "hermes_parent_session_id", parent,
            "hermes_subagent_session_id", child,
            "hermes_child_subagent_id", name,
            "hermes_parent_turn_id", said(event, HookPaths.alsoInExtra("parent_turn_id")),
            "child_role", said(event, HookPaths.alsoInExtra("child_role")),
            "child_goal", said(event, HookPaths.alsoInExtra("child_goal")));
    Map<String, @Nullable Object> scope = Tree.merge(metadata, Tree.of("session_id", child));
    return new ChildSession(child, parent, name, metadata, scope, scope);
  }

  private static @Nullable String said(HookEvent event, List<String> paths) {
    String text = event.payload().text(paths);
    return text == null ? new Payload(event.metadata()).text(paths) : text;
  }

  /** The child's own start as that of a subagent. */
  HookEvent startOfSubagent(HookEvent event) {
    return event.of(HookKind.SUBAGENT_START).routed(parent, scope, subagent);
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
    return Tree.of(
        "id", id,
        "parent", parent,
        "subagent", subagent,
        "metadata", metadata,
        "start", start,
        "scope", scope);
  }

  static ChildSession of(@Nullable Object tree) {
    Payload json = new Payload(tree);
    return new ChildSession(
        String.valueOf(json.text("id")),
        String.valueOf(json.text("parent")),
        String.valueOf(json.text("subagent")),
        Tree.object(json.value("metadata")),
        Tree.object(json.value("start")),
        Tree.object(json.value("scope")));
  }
}
