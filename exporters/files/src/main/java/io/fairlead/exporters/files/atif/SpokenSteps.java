package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.atif.TrajectoryEvent.Phase;
import io.fairlead.spi.event.AgentProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent was asked and what it answered, for runtimes that tell it of the turn and not of
 * each model call. Nothing is added to what the calls say themselves.
 */
final class SpokenSteps {

  private @Nullable TrajectoryEvent asked;
  private @Nullable TrajectoryEvent answered;

  /**
   * @param own the events of the agent
   */
  SpokenSteps(List<TrajectoryEvent> own) {
    for (TrajectoryEvent event : own) {
      boolean speaks = event.facts() instanceof AgentProfile && event.data() != null;
      if (speaks && event.phase() == Phase.START) {
        asked = event;
      } else if (speaks && event.phase() == Phase.END) {
        answered = event;
      }
    }
  }

  List<Step> addTo(List<Step> steps) {
    List<Step> all = new ArrayList<>(steps);
    if (asked != null && steps.stream().noneMatch(step -> step.source.equals(Step.USER))) {
      all.add(0, new Step(Step.USER, words(asked), asked.timestamp()));
    }
    if (answered != null
        && steps.stream().allMatch(step -> !step.source.equals(Step.AGENT) || step.saysNothing())) {
      Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
      if (last != null && last.source.equals(Step.AGENT) && last.calls().isEmpty()) {
        last.message = words(answered);
      } else {
        Step step = new Step(Step.AGENT, words(answered), answered.timestamp());
        step.llmCallCount = 0L;
        all.add(step);
      }
    }
    return all;
  }

  private static Object words(TrajectoryEvent event) {
    RuntimeMessage blocks = RuntimeMessage.of(event.data());
    return blocks == null ? ContentParts.message(event.data()) : blocks.message();
  }
}
