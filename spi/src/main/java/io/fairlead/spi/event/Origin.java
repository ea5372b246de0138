package io.fairlead.spi.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an event came from.
 *
 * @param runtime the agent runtime: {@code hermes}, {@code openclaw}, {@code jvm}, … Never empty
 * @param instance the component instance that observed it (its {@code name}, else {@code kind[n]});
 *     never part of an id
 * @param agentId the agent within the runtime, or null
 * @param sessionId what the runtime calls a conversation, or null; exported as {@code session.id}
 *     and {@code gen_ai.conversation.id}
 * @param parentSessionId the session that spawned this one, or null
 * @param sessionKey a routing key that may identify a person (OpenClaw's {@code sessionKey}); shown
 *     by the {@code openclaw} and {@code mlflow} projections only, or null
 * @param sessionStartNanos when the runtime says the session began, nanoseconds since the epoch, or
 *     {@link #UNKNOWN_TIME}
 */
public record Origin(
    String runtime,
    String instance,
    @Nullable String agentId,
    @Nullable String sessionId,
    @Nullable String parentSessionId,
    @Nullable String sessionKey,
    long sessionStartNanos) {

  /** The time is not known. */
  public static final long UNKNOWN_TIME = Long.MIN_VALUE;

  public Origin {
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(instance, "instance");
  }

  /** An origin of which only the runtime is known. */
  public static Origin of(String runtime) {
    return new Origin(runtime, runtime, null, null, null, null, UNKNOWN_TIME);
  }
}
