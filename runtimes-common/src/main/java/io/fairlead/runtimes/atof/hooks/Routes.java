package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which sessions of an agent are children of others, and which task belongs to which session. */
final class Routes {

  private static final int MOST = 1_000;

  private final Map<String, ChildSession> children = new Limited<>(MOST);
  private final Map<String, ChildSession> completed = new Limited<>(MOST);
  private final Map<String, Task> tasks = new Limited<>(MOST);

  /** A task a session works on. */
  private record Task(String id, String session) {

    String key() {
      return session + "\n" + id;
    }
  }

  /** Notes which task a Hermes session works on, and finds the session of one that names a task. */
  HookEvent byTask(HookEvent event) {
    if (event.agent() != HookAgent.HERMES) {
      return event;
    }
    String id = taskOf(event);
    if (id != null && !id.equals(event.session())) {
      Task task = new Task(id, event.session());
      tasks.put(task.key(), task);
    }
    if (event.tool() == null) {
      return event;
    }
    String wanted = id == null ? event.session() : id;
    String owner = ownerOf(wanted, event.payload().text(HookPaths.TASK_SESSION));
    if (owner == null) {
      return event;
    }
    return event.routed(
        owner,
        Tree.of(
            "session_correlation_status",
            "task_session_alias",
            "session_correlation_source",
            "task_id",
            "hermes_task_id",
            wanted,
            "hermes_session_id",
            owner),
        null);
  }

  private static @Nullable String taskOf(HookEvent event) {
    HookEvent.Call call = event.call();
    if (call == null) {
      return event.payload().text(HookPaths.TASK);
    }
    String id = new Payload(call.request()).text(HookPaths.TASK);
    return id == null ? new Payload(call.response()).text(HookPaths.TASK) : id;
  }

  /** The stated session if it works on a task, else the only one that does, else null. */
  private @Nullable String ownerOf(String id, @Nullable String stated) {
    List<String> owners = new ArrayList<>();
    for (Task task : tasks.values()) {
      if (task.id().equals(id) && (stated == null || stated.equals(task.session()))) {
        owners.add(task.session());
      }
    }
    return owners.size() == 1 ? owners.get(0) : null;
  }

  /** An event of a child session as its parent's. */
  HookEvent byParent(HookEvent event) {
    ChildSession child = children.get(event.session());
    if (child == null) {
      return event;
    }
    if (endsChild(event)) {
      children.remove(event.session());
      completed.put(event.session(), child);
    }
    return child.route(event);
  }

  /** Whether an event of a child session is its last. */
  boolean endsChild(HookEvent event) {
    return children.containsKey(event.session())
        && (event.kind() == HookKind.SESSION_END || event.kind() == HookKind.TURN_END);
  }

  /** The end of a subagent that names the child session, with what the subagent is called. */
  HookEvent byEnd(HookEvent event) {
    ChildSession named =
        event.agent() == HookAgent.HERMES && event.kind() == HookKind.SUBAGENT_END
            ? ChildSession.hermes(event)
            : null;
    if (named == null) {
      return event;
    }
    ChildSession child = children.getOrDefault(named.id(), completed.get(named.id()));
    if (child == null || !child.parent().equals(event.session())) {
      return event;
    }
    children.remove(named.id());
    completed.remove(named.id());
    return event.routed(event.session(), child.metadata(), child.subagent());
  }

  void add(ChildSession child) {
    children.put(child.id(), child);
  }

  /** A session is over, and with it all that belongs to it. */
  void end(String session) {
    children.values().removeIf(child -> isOf(child, session));
    completed.values().removeIf(child -> isOf(child, session));
    endTasks(session);
  }

  private void endTasks(String session) {
    tasks.values().removeIf(task -> session.equals(task.session()) || session.equals(task.id()));
  }

  /** A subagent has ended with its turn, without a hook of its own. */
  void endSubagent(String parent, String subagent) {
    children
        .values()
        .removeIf(
            child ->
                child.id().equals(subagent)
                    || (child.parent().equals(parent) && child.subagent().equals(subagent)));
    endTasks(subagent);
  }

  private static boolean isOf(ChildSession child, String session) {
    return child.id().equals(session) || child.parent().equals(session);
  }

  String toJson() {
    List<@Nullable Object> pairs = new ArrayList<>();
    tasks.values().forEach(task -> pairs.add(Tree.of("id", task.id(), "session", task.session())));
    return JsonTree.write(
        Tree.of("children", trees(children), "completed", trees(completed), "tasks", pairs));
  }

  private static List<@Nullable Object> trees(Map<String, ChildSession> children) {
    List<@Nullable Object> trees = new ArrayList<>();
    children.values().forEach(child -> trees.add(child.toTree()));
    return trees;
  }

  static Routes of(String json) {
    Payload tree = new Payload(JsonTree.parse(json));
    Routes routes = new Routes();
    for (Object child : elements(tree.value("children"))) {
      routes.add(ChildSession.of(child));
    }
    for (Object child : elements(tree.value("completed"))) {
      ChildSession one = ChildSession.of(child);
      routes.completed.put(one.id(), one);
    }
    for (Object pair : elements(tree.value("tasks"))) {
      Payload one = new Payload(pair);
      Task task = new Task(String.valueOf(one.text("id")), String.valueOf(one.text("session")));
      routes.tasks.put(task.key(), task);
    }
    return routes;
  }

  private static List<?> elements(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
