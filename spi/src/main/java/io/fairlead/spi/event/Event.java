package io.fairlead.spi.event;

/**
 * One thing that happened in an agent runtime.
 *
 * <p>Subtypes may be added in a minor version: code that switches over events ignores the ones it
 * does not know.
 */
public sealed interface Event permits ScopeEvent, Mark, UsageReported {

  /** Identity, place in the tree, time, name and origin. */
  EventHeader header();
}
