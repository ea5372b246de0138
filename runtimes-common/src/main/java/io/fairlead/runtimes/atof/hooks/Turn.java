package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.NumberText;
import io.fairlead.runtimes.atof.hooks.Records.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The turn a session is in, if it is in one, and the ids given out in it. */
final class Turn {

  private static final int MOST_KEYS = 4_000;

  private final SessionIds ids;
  private final Map<String, Long> used = new Limited<>(MOST_KEYS);
  private long index;
  private @Nullable OpenScope scope;
  private @Nullable Object answer;

  Turn(SessionIds ids) {
    this.ids = ids;
  }

  boolean isOpen() {
    return scope != null;
  }

  /** The scope of the open turn. */
  OpenScope scope() {
    return Objects.requireNonNull(scope, "no open turn");
  }

  /** Counts from 1; 0 before the first. */
  long index() {
    return index;
  }

  OpenScope open(
      String parent,
      @Nullable Object input,
      Map<String, @Nullable Object> metadata,
      String source,
      Records out) {
    index++;
    answer = null;
    used.clear();
    Map<String, @Nullable Object> role =
        Tree.of(
            "nemo_relay_scope_role",
            "turn",
            "turn_index",
            NumberText.of(index),
            "turn_source",
            source);
    OpenScope opened =
        out.start(
            ids.uuid("turn", Long.toString(index)),
            parent,
            new Shape("custom", ids.agent().wireName() + "-turn", null),
            input,
            Tree.merge(metadata, role));
    scope = opened;
    return opened;
  }

  /** The model's last answer is what the turn answers. */
  void answered(@Nullable Object response, Records out) {
    answer = out.keepsContent() ? response : null;
  }

  void close(@Nullable Object output, Map<String, @Nullable Object> metadata, Records out) {
    out.end(scope(), answer != null ? answer : output, metadata);
    scope = null;
    answer = null;
  }

  /** An id for something of this turn; another one when its key comes again. */
  UUID uuid(String kind, String key) {
    long count = used.merge(kind + "/" + key, 1L, Long::sum);
    return ids.uuid(kind, index + "/" + key + (count == 1 ? "" : "/" + count));
  }

  /** A key for something of this turn that has none of its own. */
  String key(String kind) {
    return kind + "-" + uuid(kind + "-key", "");
  }

  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> counts = Tree.of();
    used.forEach((key, count) -> counts.put(key, NumberText.of(count)));
    return Tree.of(
        "index",
        NumberText.of(index),
        "scope",
        scope == null ? null : scope.toTree(),
        "answer",
        answer,
        "used",
        counts);
  }

  static Turn of(SessionIds ids, @Nullable Object tree) {
    Payload json = new Payload(tree);
    Turn turn = new Turn(ids);
    turn.index = json.number("index");
    turn.scope = json.has("scope") ? OpenScope.of(json.value("scope")) : null;
    turn.answer = json.value("answer");
    Payload counts = new Payload(json.value("used"));
    Tree.object(counts.tree())
        .forEach(
            (key, count) ->
                turn.used.put(
                    key, count instanceof NumberText number ? number.asDecimal().longValue() : 1L));
    return turn;
  }
}
