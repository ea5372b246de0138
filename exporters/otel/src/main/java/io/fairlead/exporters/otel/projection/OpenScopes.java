package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.SourceState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that have started and not ended, oldest first. Changes are drafted and accepted
 * afterwards, so that a batch that comes again finds what it found the first time.
 */
final class OpenScopes {

  /** Most scopes remembered; beyond, the oldest is forgotten. */
  static final int MAX_SCOPES = 10_000;

  private final Map<UUID, OpenScope> scopes = new LinkedHashMap<>();

  void restore(SourceState state) {
    scopes.clear();
    scopes.putAll(OpenScopeState.read(state));
  }

  /** Size of all marks that wait. */
  long waiting() {
    return scopes.values().stream().mapToLong(OpenScope::size).sum();
  }

  Draft draft() {
    return new Draft();
  }

  /** Changes on top of what is remembered. */
  final class Draft {

    private final Map<UUID, @Nullable OpenScope> changes = new LinkedHashMap<>();
    private final Iterator<UUID> oldest = scopes.keySet().iterator();
    private int size = scopes.size();

    private Draft() {}

    @Nullable OpenScope get(UUID uuid) {
      return changes.containsKey(uuid) ? changes.get(uuid) : scopes.get(uuid);
    }

    void put(UUID uuid, OpenScope scope) {
      size += get(uuid) == null ? 1 : 0;
      changes.put(uuid, scope);
    }

    void remove(UUID uuid) {
      size -= get(uuid) == null ? 0 : 1;
      changes.put(uuid, null);
    }

    /** Forgets the oldest scope when there are too many; returns it, or null. */
    @Nullable OpenScope makeRoom() {
      while (size > MAX_SCOPES && oldest.hasNext()) {
        UUID candidate = oldest.next();
        OpenScope scope = get(candidate);
        if (scope != null) {
          remove(candidate);
          return scope;
        }
      }
      return null;
    }

    /** What has to be saved so that another process finds the same. */
    Map<String, byte @Nullable []> state() {
      Map<String, byte @Nullable []> state = new HashMap<>();
      changes.forEach((uuid, scope) -> OpenScopeState.write(state, uuid, scopes.get(uuid), scope));
      return state;
    }

    /** Remembers the changes. */
    void accept() {
      changes.forEach(
          (uuid, scope) -> {
            if (scope == null) {
              scopes.remove(uuid);
            } else {
              scopes.put(uuid, scope);
            }
          });
    }
  }
}
