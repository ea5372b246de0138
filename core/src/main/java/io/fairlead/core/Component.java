package io.fairlead.core;

import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.validation.PlannedComponent;
import java.time.Duration;
import java.util.List;

/**
 * A component from its making to its end: made, which opens nothing; opened; begun, once all others
 * are open; ended. Used by the one thread that changes the line-up.
 */
abstract sealed class Component
    permits PricingComponent, InterceptorComponent, ExporterComponent, AdapterComponent {

  private final PlannedComponent planned;
  private final ComponentScope scope;

  Component(PlannedComponent planned, ComponentScope scope) {
    this.planned = planned;
    this.scope = scope;
  }

  final String instance() {
    return planned.instance();
  }

  final PlannedComponent planned() {
    return planned;
  }

  final ComponentScope scope() {
    return scope;
  }

  /** Starts it. What was opened before a fault is ended by {@link #end}. */
  void open() throws ComponentFault, InterruptedException {}

  /** Lets it work. */
  void begin() {}

  /**
   * Ends it in whatever state it is. Never throws.
   *
   * @param remains what happens to its place in the log
   * @param time for each of its parts
   * @param abandoned receives the names of what did not end
   */
  abstract void end(Remains remains, Duration time, List<String> abandoned);

  /** What becomes of a component's place in the log. */
  enum Remains {
    /** Another goes on from there: nothing is delivered any more. */
    HANDED_OVER,
    /** What is pending is delivered first; the place is kept, for the case that it comes back. */
    DELIVERED,
    /** What is pending is delivered first, and the place is given up. */
    NOTHING
  }
}
