package io.fairlead.core.observability;

/** What a section must fulfil beyond the types of its fields. */
@FunctionalInterface
interface SectionRules {

  /** Reports the faults of a section. */
  void check(Section section);
}
