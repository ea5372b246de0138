package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.exporters.files.atif.OpenStep.Run;
import io.fairlead.spi.event.ToolProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Results of tools on their way to the steps that asked for them. A result of a call that no step
 * asked for yet waits for the step; what nobody asked for at all becomes a step of the system.
 */
final class ToolResults {

  /**
   * A result on its way.
   *
   * @param stated whether a runtime adapter says whose it is, so that it may come late
   */
  private record Pending(Observation result, boolean stated) {}

  private record Deferred(Observation result, @Nullable String timestamp) {}

  private final List<Step> steps;
  private final List<Pending> pending = new ArrayList<>();
  private @Nullable String pendingSince;
  private final Map<String, List<Deferred>> deferred = new LinkedHashMap<>();
  private final Map<String, List<Run>> deferredRuns = new LinkedHashMap<>();

  ToolResults(List<Step> steps) {
    this.steps = steps;
  }

  /** Takes what a tool scope ended with. */
  void observe(TrajectoryEvent end, @Nullable String callId) {
    Object data = end.data();
    if (data == null && end.annotation() == null && !(end.facts() instanceof ToolProfile)) {
      return;
    }
    if (pendingSince == null) {
      pendingSince = end.timestamp();
    }
    boolean content =
        data instanceof String || (JsonTree.list(data) != null && ContentParts.isContent(data));
    Observation result = new Observation(callId, content ? data : null, EventExtra.ofResult(end));
    pending.add(new Pending(result, end.facts() != null));
  }

  void defer(Run run) {
    deferredRuns.computeIfAbsent(run.callId(), ignored -> new ArrayList<>()).add(run);
  }

  /** Brings what came in since the last time where it belongs. */
  void flush(@Nullable OpenStep current) {
    if (pending.isEmpty()) {
      return;
    }
    String timestamp = pendingSince;
    pendingSince = null;
    List<Observation> alone = new ArrayList<>();
    for (Pending waiting : pending) {
      Observation result = waiting.result();
      String callId = result.sourceCallId();
      Step asked = waiting.stated() && callId != null ? lastThatCalls(callId) : null;
      if (callId == null) {
        alone.add(result);
      } else if (current != null && current.step().calls(callId)) {
        current.step().observe(result);
      } else if (asked != null) {
        asked.observe(result);
      } else {
        deferred
            .computeIfAbsent(callId, ignored -> new ArrayList<>())
            .add(new Deferred(result, timestamp));
      }
    }
    pending.clear();
    addStep(alone, timestamp);
  }

  private @Nullable Step lastThatCalls(String callId) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).calls(callId)) {
        return steps.get(i);
      }
    }
    return null;
  }

  /** Gives a new step the results that came before it. */
  void attachDeferred(OpenStep opened) {
    for (ToolCall call : List.copyOf(opened.step().calls())) {
      for (Deferred waiting : removed(deferred, call.id())) {
        opened.step().observe(waiting.result());
      }
      removed(deferredRuns, call.id()).forEach(opened::add);
    }
  }

  private static <T> List<T> removed(Map<String, List<T>> map, String key) {
    List<T> values = map.remove(key);
    return values == null ? List.of() : values;
  }

  /** Makes a step of what no step asked for. */
  void flushDeferred() {
    List<Deferred> all = new ArrayList<>();
    deferred.values().forEach(all::addAll);
    deferred.clear();
    all.sort(
        Comparator.comparing(
            Deferred::timestamp, Comparator.nullsFirst(Comparator.naturalOrder())));
    String timestamp =
        all.stream().map(Deferred::timestamp).filter(Objects::nonNull).findFirst().orElse(null);
    addStep(all.stream().map(waiting -> waiting.result().alone()).toList(), timestamp);
  }

  private void addStep(List<Observation> results, @Nullable String timestamp) {
    if (!results.isEmpty()) {
      Step step = new Step(Step.SYSTEM, "", timestamp);
      step.observations.addAll(results);
      steps.add(step);
    }
  }
}
