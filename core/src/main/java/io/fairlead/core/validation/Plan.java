package io.fairlead.core.validation;

import java.util.List;

/**
 * The outcome of validating a document.
 *
 * @param report what is to be said about it
 * @param settings the kernel's own settings
 * @param components what it asks for, in document order; complete only when the report has no
 *     errors
 */
public record Plan(
    ValidationReport report, KernelSettings settings, List<PlannedComponent> components) {

  public Plan {
    components = List.copyOf(components);
  }
}
