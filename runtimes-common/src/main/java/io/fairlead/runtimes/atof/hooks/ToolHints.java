package io.fairlead.runtimes.atof.hooks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What models have asked for in a turn and no tool call has claimed. */
final class ToolHints {

  private static final long LIFETIME_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int MOST = 1_000;

  private final List<ToolHint> pending = new ArrayList<>();

  boolean isEmpty() {
    return pending.isEmpty();
  }

  int size() {
    return pending.size();
  }

  void add(HookEvent event, Records out) {
    prune(out);
    pending.addAll(ToolHint.of(event.payload(), event.subagent(), out));
    if (pending.size() > MOST) {
      pending.subList(0, pending.size() - MOST).clear();
    }
  }

  /** Forgets those that are too old to mean anything. */
  void prune(Records out) {
    pending.removeIf(hint -> out.timeNanos() - hint.timeNanos() > LIFETIME_NANOS);
  }

  void clear() {
    pending.clear();
  }

  void removeOf(String subagent) {
    pending.removeIf(hint -> subagent.equals(hint.subagent()));
  }

  /** The one that fits a tool call best; null when none does, or two fit equally well. */
  @Nullable ToolHint find(String callId, HookEvent.Tool tool) {
    ToolHint best = null;
    int most = 0;
    boolean tie = false;
    for (ToolHint hint : pending) {
      int score = hint.score(callId, tool);
      if (score > most) {
        best = hint;
        most = score;
        tie = false;
      } else if (score == most && score > 0) {
        tie = true;
      }
    }
    return tie ? null : best;
  }

  void remove(ToolHint hint) {
    pending.removeIf(one -> one == hint);
  }

  List<@Nullable Object> toTree() {
    List<@Nullable Object> trees = new ArrayList<>();
    pending.forEach(hint -> trees.add(hint.toTree()));
    return trees;
  }

  static ToolHints of(@Nullable Object tree) {
    ToolHints hints = new ToolHints();
    if (tree instanceof List<?> trees) {
      trees.forEach(one -> hints.pending.add(ToolHint.ofTree(one)));
    }
    return hints;
  }
}
