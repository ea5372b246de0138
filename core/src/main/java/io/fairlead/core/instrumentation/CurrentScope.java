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

  /** Makes a scope current on this thread, or gives {@link Attachment#REFUSED}. */
  Attachment attach(ActiveScope scope);

  /**
   * Remembers what is current now. The result makes that current on whatever thread asks for it, as
   * often as it is asked.
   */
  Supplier<Attachment> capture();

  /** A scope being current on a thread. */
  @FunctionalInterface
  interface Attachment {

    /** Of a scope that was not made current: too many have been attached and not left. */
    Attachment REFUSED = () -> Leaving.IN_ORDER;

    /**
     * Makes current what was current before, also when that takes away scopes attached later. On
     * another thread the scope stays current until its own thread next looks. Safe when called
     * again: only the first call does something.
     */
    Leaving leave();
  }

  /** How a scope was left. */
  enum Leaving {
    /** It was the current one, or has been left before. */
    IN_ORDER,
    /** Scopes attached later were still there. */
    BEFORE_LATER_ONES,
    /** It was not current on the thread that left it. */
    ELSEWHERE
  }
}
