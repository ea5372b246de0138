package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.atif.TrajectoryEvent.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a trajectory and who works for whom. A turn that is an agent scope below another
 * agent is part of that agent, not one of its own.
 */
final class AgentTree {

  private static final String TURN = "turn";

  private final Map<UUID, UUID> parents = new HashMap<>();
  private final Map<UUID, TrajectoryEvent> scopes = new LinkedHashMap<>();
  private final Map<UUID, TrajectoryEvent> agents = new LinkedHashMap<>();
  private final Map<UUID, List<TrajectoryEvent>> children = new HashMap<>();
  private final List<TrajectoryEvent> roots = new ArrayList<>();

  /**
   * @param events by time
   */
  AgentTree(List<TrajectoryEvent> events) {
    for (TrajectoryEvent event : events) {
      if (event.phase() == Phase.START) {
        UUID parent = event.parent();
        if (parent != null) {
          parents.put(event.uuid(), parent);
        }
        if (event.isAgent()) {
          scopes.put(event.uuid(), event);
        }
      }
    }
    scopes.forEach(
        (uuid, start) -> {
          if (!isTurn(uuid)
              || above(uuid, other -> scopes.containsKey(other) && !isTurn(other)) == null) {
            agents.put(uuid, start);
          }
        });
    agents.forEach(
        (uuid, start) -> {
          UUID parent = above(uuid, agents::containsKey);
          (parent == null ? roots : children.computeIfAbsent(parent, ignored -> new ArrayList<>()))
              .add(start);
        });
  }

  private boolean isTurn(UUID agent) {
    TrajectoryEvent start = scopes.get(agent);
    return start != null && TURN.equals(start.role());
  }

  /** The agent a trajectory of this id is about, or null when that cannot be told. */
  @Nullable UUID root(UUID trajectory) {
    if (agents.containsKey(trajectory)) {
      return trajectory;
    }
    return roots.size() == 1 ? roots.get(0).uuid() : null;
  }

  /** The agent that did what an event tells, or null. */
  @Nullable UUID owner(TrajectoryEvent event) {
    if (event.isAgent()) {
      return agents.containsKey(event.uuid()) ? event.uuid() : null;
    }
    UUID parent = event.parent();
    return parent != null && agents.containsKey(parent)
        ? parent
        : above(parent, agents::containsKey);
  }

  /** The agents that work for an agent, by the time they start. */
  List<TrajectoryEvent> children(UUID agent) {
    return children.getOrDefault(agent, List.of());
  }

  /** Whether an event starts an agent that works for another one directly. */
  boolean startsChildOf(UUID agent, TrajectoryEvent event) {
    return event.is(Phase.START, TrajectoryEvent.AGENT)
        && agents.containsKey(event.uuid())
        && agent.equals(above(event.uuid(), agents::containsKey));
  }

  /** The nearest scope above that fits; bounded, for a source may claim a circle. */
  private @Nullable UUID above(@Nullable UUID scope, Predicate<UUID> fits) {
    UUID current = scope == null ? null : parents.get(scope);
    for (int hops = 0; current != null && hops <= parents.size(); hops++) {
      if (fits.test(current) && !current.equals(scope)) {
        return current;
      }
      current = parents.get(current);
    }
    return null;
  }
}
