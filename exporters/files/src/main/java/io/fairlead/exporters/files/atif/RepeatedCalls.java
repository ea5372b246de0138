package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Steps that hold nothing but tool calls which a later step of the same turn holds together with
 * their results: the same answer, seen a second time.
 */
final class RepeatedCalls {

  private record Key(String id, String function, String arguments) {
    static Key of(ToolCall call) {
      return new Key(call.id(), call.function(), JsonTree.write(call.arguments()));
    }
  }

  private RepeatedCalls() {}

  static List<Step> without(List<Step> steps) {
    Deque<Step> kept = new ArrayDeque<>();
    Set<Key> observed = new HashSet<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (!step.source.equals(Step.AGENT)) {
        observed.clear();
        kept.addFirst(step);
        continue;
      }
      if (!isRepeated(step, observed)) {
        kept.addFirst(step);
      }
      collect(step, observed);
    }
    return List.copyOf(kept);
  }

  private static boolean isRepeated(Step step, Set<Key> observed) {
    List<ToolCall> calls = step.calls().stream().filter(call -> !call.id().isEmpty()).toList();
    return step.saysNothing()
        && step.observations.isEmpty()
        && step.reasoningContent == null
        && step.reasoningEffort == null
        && Long.valueOf(1).equals(step.llmCallCount)
        && !calls.isEmpty()
        && calls.stream().map(Key::of).allMatch(observed::contains);
  }

  private static void collect(Step step, Set<Key> observed) {
    for (Observation result : step.observations) {
      for (ToolCall call : step.calls()) {
        if (!call.id().isEmpty() && call.id().equals(result.sourceCallId())) {
          observed.add(Key.of(call));
        }
      }
    }
  }
}
