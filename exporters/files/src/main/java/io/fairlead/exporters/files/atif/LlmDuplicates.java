package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.atif.TrajectoryEvent.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Model calls that were observed twice, by a hook and at a gateway: same parent, overlapping times,
 * same words or same request id. The one that shows less exactly what was sent is left out; what
 * only it knows of tokens and cost goes to the other.
 */
final class LlmDuplicates {

  private final Set<UUID> left = new HashSet<>();
  private final Map<UUID, Metrics> metrics = new HashMap<>();

  private LlmDuplicates() {}

  static LlmDuplicates of(List<TrajectoryEvent> events) {
    Map<UUID, TrajectoryEvent> starts = new HashMap<>();
    Map<UUID, List<LlmSighting>> byParent = new LinkedHashMap<>();
    for (TrajectoryEvent event : events) {
      if (event.is(Phase.START, TrajectoryEvent.LLM)) {
        starts.put(event.uuid(), event);
      } else if (event.is(Phase.END, TrajectoryEvent.LLM)) {
        TrajectoryEvent start = starts.remove(event.uuid());
        UUID parent = start == null ? null : start.parent();
        if (start != null && parent != null && start.data() != null && event.data() != null) {
          byParent
              .computeIfAbsent(parent, ignored -> new ArrayList<>())
              .add(new LlmSighting(start, event));
        }
      }
    }
    LlmDuplicates duplicates = new LlmDuplicates();
    byParent.values().forEach(duplicates::compare);
    return duplicates;
  }

  boolean contains(UUID call) {
    return left.contains(call);
  }

  @Nullable Metrics metricsFor(UUID call) {
    return metrics.get(call);
  }

  private void compare(List<LlmSighting> sightings) {
    sightings.sort(Comparator.comparingLong(LlmSighting::startNanos));
    for (int i = 0; i < sightings.size(); i++) {
      LlmSighting first = sightings.get(i);
      for (int j = i + 1; j < sightings.size() && first.overlaps(sightings.get(j)); j++) {
        LlmSighting second = sightings.get(j);
        if (first.score() != second.score() && first.isTheSameCallAs(second)) {
          boolean firstIsBetter = first.score() > second.score();
          leaveOut(firstIsBetter ? second : first, firstIsBetter ? first : second);
        }
      }
    }
  }

  private void leaveOut(LlmSighting worse, LlmSighting better) {
    left.add(worse.uuid());
    Metrics known = worse.metrics();
    if (known != null) {
      Metrics earlier = metrics.get(better.uuid());
      metrics.put(better.uuid(), earlier == null ? known : earlier.or(known));
    }
  }
}
