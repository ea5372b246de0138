package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The agent's step that tool runs are still added to. */
final class OpenStep {

  /** A run of a tool: who ran it, and when. */
  record Run(String callId, Members ancestry, Members invocation) {}

  private final Step step;
  private final Members extra;
  private final List<String> callOrder = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();

  /**
   * A step.
   *
   * @param extra what it says beside, without its tool runs
   */
  OpenStep(Step step, Members extra) {
    this.step = step;
    this.extra = extra;
    step.calls().forEach(call -> callOrder.add(call.id()));
  }

  Step step() {
    return step;
  }

  boolean asksFor(String callId) {
    return callOrder.contains(callId);
  }

  /** Adds a call the answer did not ask for in so many words. */
  void add(ToolCall call) {
    step.addCall(call);
    callOrder.add(call.id());
  }

  void add(Run run) {
    runs.add(run);
  }

  /** The ids of the calls of a tool. */
  List<String> callsOf(String tool) {
    return step.calls().stream()
        .filter(call -> call.function().equals(tool))
        .map(ToolCall::id)
        .toList();
  }

  /** Completes the step. */
  void close() {
    if (!runs.isEmpty()) {
      runs.sort(Comparator.comparingInt(this::place));
      extra.put("tool_ancestry", runs.stream().map(Run::ancestry).toList());
      extra.put("tool_invocations", runs.stream().map(Run::invocation).toList());
    }
    step.extra = extra;
  }

  private int place(Run run) {
    int place = callOrder.indexOf(run.callId());
    return place < 0 ? Integer.MAX_VALUE : place;
  }
}
