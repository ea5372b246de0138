package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.Origin;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a new scope hangs under.
 *
 * @param uuid the enclosing scope; its last 8 bytes are the span id
 * @param traceRoot root of the trace; its 16 bytes are the trace id
 * @param origin agent and session to inherit, or null for a parent outside this program
 */
public record ScopeParent(UUID uuid, UUID traceRoot, @Nullable Origin origin) {

  public ScopeParent {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(traceRoot, "traceRoot");
  }

  /**
   * A span of somebody else, which a scope becomes the child of.
   *
   * @param traceIdHigh first 8 bytes of its trace id
   * @param traceIdLow last 8 bytes of its trace id
   * @param spanId its span id
   * @param origin agent and session to inherit, or null
   */
  public static ScopeParent span(
      long traceIdHigh, long traceIdLow, long spanId, @Nullable Origin origin) {
    return new ScopeParent(
        new UUID(traceIdHigh, spanId), new UUID(traceIdHigh, traceIdLow), origin);
  }
}
