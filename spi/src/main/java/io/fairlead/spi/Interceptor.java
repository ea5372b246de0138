package io.fairlead.spi;

import io.fairlead.spi.event.Event;
import org.jspecify.annotations.Nullable;

/** Sees each event before the log and the subscribers do: detection, redaction, enrichment. */
public interface Interceptor extends AutoCloseable {

  /**
   * Looks at one event and passes it on, changed or not. Called on the thread that takes events in,
   * in the order of the {@link #stage()}; must be fast. Identity, parent, trace root and time must
   * stay. A throw is reported, and the event passes unchanged, unless {@link #failsClosed()}.
   *
   * @return the event to pass on, or null to drop it
   */
  @Nullable Event intercept(Event event);

  /** When it runs relative to others. Within a stage document order decides. */
  Stage stage();

  /** Whether an event must be dropped when this interceptor throws on it (redaction does). */
  default boolean failsClosed() {
    return false;
  }

  /** Lets go of everything. Safe when called again. */
  @Override
  default void close() {}

  /** The fixed order of interceptors. */
  enum Stage {
    /** Typed facts from raw provider bodies. */
    CODEC,
    DETECTION,
    REDACTION,
    PRICING
  }
}
