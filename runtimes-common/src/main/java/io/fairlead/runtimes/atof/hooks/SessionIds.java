package io.fairlead.runtimes.atof.hooks;

import io.fairlead.spi.event.StableIds;
import java.util.UUID;

/**
 * Ids of what happens in one session.
 *
 * @param epoch how often a session of this id was ended before
 */
record SessionIds(HookAgent agent, String session, long epoch) {

  UUID uuid(String kind, String key) {
    return StableIds.uuid(agent.wireName(), session, "", kind, epoch + "/" + key);
  }

  /** Stands above the session as the peer's implicit root does; it is never emitted. */
  String instance() {
    return uuid("session-instance", "").toString();
  }
}
