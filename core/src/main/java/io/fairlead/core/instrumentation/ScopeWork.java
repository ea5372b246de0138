package io.fairlead.core.instrumentation;

import org.jspecify.annotations.Nullable;

/** Work that is done inside a scope. */
@FunctionalInterface
public interface ScopeWork<T extends @Nullable Object, X extends Exception> {

  /** Does it. */
  T in(ActiveScope scope) throws X;
}
