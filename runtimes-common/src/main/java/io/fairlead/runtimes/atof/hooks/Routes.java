package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which sessions of an agent are children of others, and which task belongs to which session. */
final class Routes {

  private static final int MOST = 1_000;

  private final Map<String, ChildSession> children = new Limited<>();
  private final Map<String, ChildSession> completed = new Limited<>();
  private final Map<String, @Nullable Object> tasks = new Limited<>();

  /** Notes which task a Hermes session works on, and finds the session of one that names a task. */
  HookEvent byTask(HookEvent event) {
    String task = event.payload().text(HookPaths.TASK);
    if (event.agent() != HookAgent.HERMES) {
      return event;
    }
    if (task != null && !task.equals(event.session())) {
      tasks.put(event.session() + "\n" + task, event.session());
    }
    if (event.tool() == null) {
      return event;
    }
    String wanted = task == null ? event.session() : task;
    String stated = event.payload().text(HookPaths.TASK_SESSION);
    List<String> owners = new ArrayList<>();
    tasks.forEach(
        (key, owner) -> {
          if (key.equals(owner + "\n" + wanted) && (stated == null || stated.equals(owner))) {
            owners.add(String.valueOf(owner));
          }
        });
    if (owners.size() != 1) {
      return event;
    }
    return event.routed(
        owners.get(0),
        Tree.of(
            "session_correlation_status",
            "task_session_alias",
            "session_correlation_source",
            "task_id",
            "hermes_task_id",
            wanted,
            "hermes_session_id",
            owners.get(0)),
        null);
  }

  /** An event of a child session as its parent's. */
  HookEvent byParent(HookEvent event) {
    ChildSession child = children.get(event.session());
    if (child == null) {
      return event;
    }
    if (event.kind() == HookKind.SESSION_END || event.kind() == HookKind.TURN_END) {
      children.remove(event.session());
      completed.put(event.session(), child);
    }
    return child.route(event);
  }

  /** A subagent that Hermes starts or ends under the parent's session, with the child's name. */
  HookEvent bySubagent(HookEvent event) {
    ChildSession child = event.agent() == HookAgent.HERMES ? ChildSession.hermes(event) : null;
    if (child == null) {
      return event;
    }
    String id = String.valueOf(child.metadata().get("subagent_session_id"));
    if (event.kind() == HookKind.SUBAGENT_START && !id.equals(event.session())) {
      children.put(id, child);
      return event.routed(event.session(), child.scope(), null);
    }
    if (event.kind() == HookKind.SUBAGENT_END) {
      ChildSession known = children.getOrDefault(id, completed.get(id));
      if (known != null && known.parent().equals(event.session())) {
        children.remove(id);
        completed.remove(id);
        return event.routed(event.session(), known.metadata(), known.subagent());
      }
    }
    return event;
  }

  void add(String session, ChildSession child) {
    children.put(session, child);
  }

  /** A session is over, and with it all that belongs to it. */
  void end(String session) {
    children.entrySet().removeIf(child -> isOf(child, session));
    completed.entrySet().removeIf(child -> isOf(child, session));
    tasks.entrySet().removeIf(task -> session.equals(task.getValue()));
  }

  private static boolean isOf(Map.Entry<String, ChildSession> child, String session) {
    return child.getKey().equals(session) || child.getValue().parent().equals(session);
  }

  String toJson() {
    return JsonTree.write(
        Tree.of("children", trees(children), "completed", trees(completed), "tasks", tasks));
  }

  private static Map<String, @Nullable Object> trees(Map<String, ChildSession> children) {
    Map<String, @Nullable Object> trees = Tree.of();
    children.forEach((id, child) -> trees.put(id, child.toTree()));
    return trees;
  }

  static Routes of(String json) {
    Payload tree = new Payload(JsonTree.parse(json));
    Routes routes = new Routes();
    Tree.object(tree.value("children"))
        .forEach((id, child) -> routes.children.put(id, ChildSession.of(child)));
    Tree.object(tree.value("completed"))
        .forEach((id, child) -> routes.completed.put(id, ChildSession.of(child)));
    routes.tasks.putAll(Tree.object(tree.value("tasks")));
    return routes;
  }

  /** Forgets its oldest entry when it is full. */
  private static final class Limited<V extends @Nullable Object> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST;
    }
  }
}
