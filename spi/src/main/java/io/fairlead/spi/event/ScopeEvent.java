package io.fairlead.spi.event;

import org.jspecify.annotations.Nullable;

/** The start or the end of a scope, a unit of agent work that lasts. */
public sealed interface ScopeEvent extends Event permits ScopeStart, ScopeEnd {

  /** What kind of work the scope is. The same for start and end. */
  ScopeCategory category();

  /** Typed facts known at this moment, or null. */
  @Nullable Profile profile();
}
