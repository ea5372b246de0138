package io.fairlead.core.instrumentation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which scope a thread is in. By default each {@link Instrumentation} remembers it by
 * itself; a bridge keeps it where another library keeps its own, so that both nest. Thread-safe;
 * never throws.
 */
public interface CurrentScope {

  /** What a scope begun now on this thread hangs under, or null. */
  @Nullable ScopeParent parent();

  /** The current scope of this thread, or null. One that has ended is never current. */
  @Nullable ActiveScope get();

  /** Makes a scope current on this thread. */
  Activation attach(ActiveScope scope);

  /**
   * Remembers what is current now. The result makes that current on whatever thread asks for it, as
   * often as it is asked.
   */
  Supplier<Activation> capture();
}
