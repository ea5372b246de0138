package io.fairlead.runtimes.atof.hooks;

import io.fairlead.runtimes.atof.hooks.Records.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subagents of a turn that work, and which of the session are done. */
final class Subagents {

  private static final int MOST_COMPLETED = 1_000;
  private static final String UNNAMED = "subagent";

  private final Map<String, OpenScope> open = new LinkedHashMap<>();
  private final Map<String, Boolean> completed = new Limited<>(MOST_COMPLETED);

  static String name(HookEvent event) {
    return event.subagent() == null ? UNNAMED : event.subagent();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** The scope of one that works, or null. */
  @Nullable OpenScope scope(@Nullable String subagent) {
    return subagent == null ? null : open.get(subagent);
  }

  boolean isCompleted(String subagent) {
    return completed.containsKey(subagent);
  }

  void start(HookEvent event, Turn turn, Records out) {
    String subagent = name(event);
    if (open.containsKey(subagent)) {
      return;
    }
    completed.remove(subagent);
    open.put(
        subagent,
        out.start(
            turn.uuid("subagent", subagent),
            turn.scope().uuid(),
            new Shape("agent", "subagent:" + subagent, null),
            event.payload().tree(),
            Tree.merge(event.metadata(), Tree.of("nemo_relay_scope_role", "subagent"))));
  }

  /** Ends one if it works. */
  void end(String subagent, @Nullable Object output, Records out) {
    OpenScope scope = open.remove(subagent);
    if (scope != null) {
      out.end(scope, output, Tree.of());
      completed.put(subagent, true);
    }
  }

  /** Ends all, the last first. Returns which there were. */
  List<String> endAll(String reason, Records out) {
    List<String> names = new ArrayList<>(open.keySet());
    for (int i = names.size() - 1; i >= 0; i--) {
      end(names.get(i), Tree.of("status", reason), out);
    }
    return names;
  }

  Map<String, @Nullable Object> toTree() {
    return Tree.of("open", OpenScope.trees(open), "completed", new ArrayList<>(completed.keySet()));
  }

  static Subagents of(@Nullable Object tree) {
    Payload json = new Payload(tree);
    Subagents subagents = new Subagents();
    subagents.open.putAll(OpenScope.ofTrees(json.value("open")));
    if (json.value("completed") instanceof List<?> names) {
      names.forEach(name -> subagents.completed.put(String.valueOf(name), true));
    }
    return subagents;
  }
}
