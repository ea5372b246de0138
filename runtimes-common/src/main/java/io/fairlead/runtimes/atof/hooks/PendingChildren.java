package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.SourceState;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Starts of child sessions whose parent has not been seen, by the child's key; a bounded number.
 */
final class PendingChildren {

  private static final String PENDING = "hooks/pending/";
  private static final int MOST = 1_000;

  private final Map<String, HookEvent> starts = new LinkedHashMap<>();

  void load(SourceState state) {
    starts.clear();
    state.forEach(
        PENDING,
        (key, json) -> {
          HookEvent start = of(new String(json, StandardCharsets.UTF_8));
          starts.put(start.key(), start);
        });
  }

  void add(HookEvent start, Map<String, byte @Nullable []> changes) {
    starts.put(start.key(), start);
    changes.put(
        PENDING + start.key(), JsonTree.write(tree(start)).getBytes(StandardCharsets.UTF_8));
    if (starts.size() > MOST) {
      remove(starts.keySet().iterator().next(), changes);
    }
  }

  void remove(String key, Map<String, byte @Nullable []> changes) {
    if (starts.remove(key) != null) {
      changes.put(PENDING + key, null);
    }
  }

  void removeIf(Predicate<HookEvent> isOver, Map<String, byte @Nullable []> changes) {
    List<HookEvent> over = starts.values().stream().filter(isOver).toList();
    over.forEach(start -> remove(start.key(), changes));
  }

  /** The children of a session, taken from those that wait. */
  List<HookEvent> take(HookEvent parent, Map<String, byte @Nullable []> changes) {
    List<HookEvent> children =
        starts.values().stream().filter(start -> isChildOf(start, parent)).toList();
    children.forEach(start -> remove(start.key(), changes));
    return children;
  }

  static boolean isChildOf(HookEvent start, HookEvent parent) {
    ChildSession child = ChildSession.startedBy(start);
    return child != null && start.key(child.parent()).equals(parent.key());
  }

  private static Map<String, @Nullable Object> tree(HookEvent start) {
    return Tree.of(
        "agent", start.agent().wireName(),
        "session", start.session(),
        "name", start.name(),
        "payload", start.payload().tree(),
        "metadata", start.metadata(),
        "headers", start.headers().toTree());
  }

  private static HookEvent of(String json) {
    Payload tree = new Payload(JsonTree.parse(json));
    HookAgent agent = HookAgent.ofWireName(String.valueOf(tree.text("agent")));
    if (agent == null) {
      throw new IllegalStateException("a state this program did not write");
    }
    return new HookEvent(
        HookKind.SESSION_START,
        agent,
        String.valueOf(tree.text("session")),
        String.valueOf(tree.text("name")),
        new Payload(tree.value("payload")),
        Tree.object(tree.value("metadata")),
        null,
        null,
        null,
        SessionHeaders.ofTree(tree.value("headers")));
  }
}
