package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.exporters.files.atif.TrajectoryEvent.Phase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What steps need to know of events other than their own. */
final class Lookups {

  private static final String FRAMEWORK = "nemo_relay";

  private final Map<UUID, TrajectoryEvent> starts = new HashMap<>();
  private final Set<UUID> answered = new HashSet<>();
  private final Map<UUID, String> requestedModels = new HashMap<>();
  private final LlmDuplicates duplicates;
  private final Map<UUID, String> toolCallIds;

  /**
   * @param all every event of the trajectory, by time
   * @param own those of the agent whose steps are made
   */
  Lookups(List<TrajectoryEvent> all, List<TrajectoryEvent> own) {
    for (TrajectoryEvent event : all) {
      if (event.phase() == Phase.START) {
        starts.put(event.uuid(), event);
      }
      if (event.is(Phase.START, TrajectoryEvent.LLM)) {
        String model = requestedModel(event);
        if (model != null) {
          requestedModels.put(event.uuid(), model);
        }
      } else if (event.is(Phase.END, TrajectoryEvent.LLM)
          && (event.data() != null || event.facts() != null)) {
        answered.add(event.uuid());
      }
    }
    duplicates = LlmDuplicates.of(all);
    toolCallIds = ToolCorrelation.of(own);
  }

  /** The model a call asked for. */
  static @Nullable String requestedModel(TrajectoryEvent start) {
    String model = start.modelName();
    return model != null ? model : RequestBody.model(start.data());
  }

  @Nullable String requestedModel(UUID call) {
    return requestedModels.get(call);
  }

  /** How much the model of a call was asked to think, or null. */
  @Nullable Object reasoningEffort(UUID call) {
    TrajectoryEvent start = starts.get(call);
    return start == null ? null : RequestBody.reasoningEffort(start.data());
  }

  boolean isAnswered(UUID call) {
    return answered.contains(call);
  }

  @Nullable String toolCallId(UUID tool) {
    return toolCallIds.get(tool);
  }

  /** Whether a model call is seen better elsewhere. */
  boolean isDuplicate(TrajectoryEvent event) {
    return event.category().equals(TrajectoryEvent.LLM) && duplicates.contains(event.uuid());
  }

  /** Figures that only the duplicate of a call had. */
  @Nullable Metrics metricsOfDuplicate(UUID call) {
    return duplicates.metricsFor(call);
  }

  /** Who an event belongs to. */
  Members ancestry(TrajectoryEvent event) {
    UUID parent = event.parent();
    TrajectoryEvent above = parent == null ? null : starts.get(parent);
    return new Members()
        .with("function_id", event.uuid().toString())
        .with("function_name", event.name())
        .with("parent_id", parent == null ? null : parent.toString())
        .with("parent_name", above == null ? null : above.name());
  }

  /** When a call ran. */
  Members invocation(TrajectoryEvent end, String id) {
    TrajectoryEvent start = starts.get(end.uuid());
    return new Members()
        .with("framework", FRAMEWORK)
        .with("invocation_id", id)
        .with("status", end.outcome().isError() ? "error" : "completed")
        .with("start_timestamp", start == null ? null : start.seconds())
        .with("end_timestamp", start == null ? null : end.seconds());
  }
}
