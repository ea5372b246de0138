package io.fairlead.cli.report;

import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.StableIds;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells sessions apart: a runtime's ids repeat between hosts.
 *
 * @param runtime the runtime
 * @param instance the component that observed it
 * @param agentId the agent, or null
 * @param sessionId the session, or null for what belongs to none
 */
record SessionKey(
    String runtime, String instance, @Nullable String agentId, @Nullable String sessionId) {

  static SessionKey of(Origin origin) {
    return new SessionKey(
        origin.runtime(), origin.instance(), origin.agentId(), origin.sessionId());
  }

  /** A short form that is unique all the same. */
  UUID uuid() {
    return StableIds.uuid(
        runtime,
        instance,
        agentId == null ? "" : "+" + agentId,
        sessionId == null ? "" : "+" + sessionId);
  }
}
