package io.fairlead.core;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import java.util.List;

/**
 * A document that can be started.
 *
 * @param plan of the document; its report holds what was found on the way too
 * @param components of the plan, the references of the enabled ones resolved
 * @param catalog where their providers come from; whoever takes this closes it
 */
record Prepared(Plan plan, List<PlannedComponent> components, ComponentCatalog catalog) {

  Prepared {
    components = List.copyOf(components);
  }

  List<PlannedComponent> enabled() {
    return components.stream().filter(PlannedComponent::enabled).toList();
  }
}
