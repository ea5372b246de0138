package io.fairlead.core;

import io.fairlead.core.validation.PlannedComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it takes to get from one line-up to another.
 *
 * @param kept components that stay, by name
 * @param fresh what is to be made, in document order
 * @param leaving components that go, in document order
 */
record Changes(Map<String, Component> kept, List<PlannedComponent> fresh, List<Component> leaving) {

  /**
   * The changes.
   *
   * @param wanted every enabled component of the new document
   * @param keep whether what is configured as before stays
   */
  static Changes between(Lineup former, List<PlannedComponent> wanted, boolean keep) {
    Map<String, Component> kept = new LinkedHashMap<>();
    List<PlannedComponent> fresh = new ArrayList<>();
    for (PlannedComponent component : wanted) {
      Component like = keep ? former.like(component) : null;
      if (like == null) {
        fresh.add(component);
      } else {
        kept.put(like.instance(), like);
      }
    }
    List<Component> leaving = new ArrayList<>(former.components());
    leaving.removeAll(kept.values());
    return new Changes(kept, fresh, leaving);
  }

  /**
   * Whether two cannot run side by side: they have one name, so one place in the log, or are of one
   * kind, so perhaps want one port or file.
   */
  static boolean exclude(PlannedComponent one, PlannedComponent other) {
    return one.instance().equals(other.instance())
        || one.provider().kind().equals(other.provider().kind());
  }
}
