package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.exporters.files.atif.TrajectoryEvent.Phase;
import io.fairlead.spi.event.UsageReported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of one topmost scope as an ATIF document. */
final class Trajectory {

  private static final String SCHEMA = "ATIF-v1.7";

  private final UUID id;
  private final Members agent;
  private final List<TrajectoryEvent> arrived;
  private final List<TrajectoryEvent> byTime;
  private final AgentTree tree;

  /**
   * A trajectory.
   *
   * @param id the topmost scope
   * @param agent what the configuration says about the agent
   * @param arrived its events in the order they came
   */
  Trajectory(UUID id, Members agent, List<TrajectoryEvent> arrived) {
    this.id = id;
    this.agent = agent;
    this.arrived = arrived;
    this.byTime = new ArrayList<>(arrived);
    byTime.sort(Comparator.comparingLong(TrajectoryEvent::timeNanos));
    this.tree = new AgentTree(byTime);
  }

  /** The document. */
  Members document() {
    UUID root = tree.root(id);
    Members document =
        root != null && everyStepHasAnAgent() ? ofAgent(root, true) : withoutAgents();
    Members extra = new Members();
    extra.put("nemo_relay", correlation());
    extra.put("observed_events", arrived.stream().map(TrajectoryEvent::record).toList());
    document.put("extra", extra);
    return document;
  }

  private boolean everyStepHasAnAgent() {
    return byTime.stream().noneMatch(event -> makesStep(event) && tree.owner(event) == null);
  }

  private static boolean makesStep(TrajectoryEvent event) {
    return event.category().equals(TrajectoryEvent.LLM)
        || event.is(Phase.END, TrajectoryEvent.TOOL);
  }

  private Members ofAgent(UUID agentId, boolean isRoot) {
    List<TrajectoryEvent> own =
        byTime.stream().filter(event -> agentId.equals(tree.owner(event))).toList();
    StepWriter writer = new StepWriter(new Lookups(byTime, own));
    for (TrajectoryEvent event : byTime) {
      if (tree.startsChildOf(agentId, event)) {
        writer.addSubagent(event);
      } else if (agentId.equals(tree.owner(event))) {
        writer.add(event);
      }
    }
    List<Members> subagents = new ArrayList<>();
    Set<String> shown = new TreeSet<>();
    for (TrajectoryEvent child : tree.children(agentId)) {
      Members trajectory = ofAgent(child.uuid(), false);
      if (!((List<?>) trajectory.getOrDefault("steps", List.of())).isEmpty()
          || !Delegation.isReferenced(child)) {
        subagents.add(trajectory);
        shown.add(child.uuid().toString());
      }
    }
    List<Step> steps = withoutEmpty(new SpokenSteps(own).addTo(writer.finish()), shown);
    String name = isRoot ? id.toString() : agentId.toString();
    String session = isRoot ? null : session(agentId);
    Members document = document(session == null ? rootSession() : session, name, steps, own);
    if (!subagents.isEmpty()) {
      document.put("subagent_trajectories", subagents);
    }
    return document;
  }

  private @Nullable String session(UUID agentId) {
    for (TrajectoryEvent event : byTime) {
      if (event.phase() == Phase.START && event.uuid().equals(agentId)) {
        return event.sessionId();
      }
    }
    return null;
  }

  /** The topmost scope, or what its source says lies above it: turns of one session share it. */
  private String rootSession() {
    for (TrajectoryEvent event : arrived) {
      if (event.uuid().equals(id)
          && event.record().get("propagation_root_uuid") instanceof String root) {
        return root;
      }
    }
    return id.toString();
  }

  private Members withoutAgents() {
    StepWriter writer = new StepWriter(new Lookups(byTime, byTime));
    byTime.forEach(writer::add);
    return document(rootSession(), id.toString(), writer.finish(), byTime);
  }

  private Members document(
      String session, String trajectory, List<Step> steps, List<TrajectoryEvent> own) {
    List<Members> shown = new ArrayList<>();
    for (Step step : steps) {
      shown.add(step.toTree(shown.size() + 1));
    }
    return new Members()
        .with("schema_version", SCHEMA)
        .with("session_id", session)
        .with("trajectory_id", trajectory)
        .with("agent", agent)
        .with("steps", shown)
        .with("final_metrics", FinalMetrics.of(steps, inSum(own)));
  }

  /** Usage of calls the runtime does not tell one by one. */
  private static List<Metrics> inSum(List<TrajectoryEvent> own) {
    List<Metrics> sums = new ArrayList<>();
    for (TrajectoryEvent event : own) {
      if (event.event() instanceof UsageReported report) {
        Metrics metrics = FactMetrics.of(report.usage(), report.cost());
        if (metrics != null) {
          sums.add(metrics);
        }
      }
    }
    return sums;
  }

  /** Drops references to subagents that are not shown, and steps that say nothing without them. */
  private static List<Step> withoutEmpty(List<Step> steps, Set<String> shown) {
    List<Step> kept = new ArrayList<>();
    for (Step step : steps) {
      step.observations.removeIf(result -> !result.keepReferences(shown));
      boolean dispatch =
          step.source.equals(Step.SYSTEM)
              || (step.source.equals(Step.AGENT) && Long.valueOf(0).equals(step.llmCallCount));
      if (!dispatch || !step.observations.isEmpty() || !step.saysNothing() || step.extra != null) {
        kept.add(step);
      }
    }
    return kept;
  }

  private Members correlation() {
    Members correlation = new Members();
    for (TrajectoryEvent event : arrived) {
      if (event.uuid().equals(id)) {
        Object root = event.record().get("propagation_root_uuid");
        return correlation
            .with("session_id", event.sessionId())
            .with("session_instance_id", root != null ? root : event.record().get("parent_uuid"))
            .with("user_id", JsonTree.text(event.metadata(), "user_id"));
      }
    }
    return correlation;
  }
}
