package io.fairlead.atof;

import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.ScopeStart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reader remembers of scopes, in bounded numbers: the starts of open ones, a few of those
 * that ended last (a repeated batch ends them again), and for many more which trace they belong to.
 */
final class ScopeMemory {

  private static final int ENDED = 1_024;
  private static final int PLACES_PER_OPEN_SCOPE = 10;

  private final Map<UUID, ScopeStart> open;
  private final Map<UUID, ScopeStart> ended = new Bounded<>(ENDED);
  private final Map<UUID, Place> places;

  ScopeMemory(int maxOpenScopes) {
    open = new Bounded<>(maxOpenScopes);
    places = new Bounded<>(Math.multiplyExact(maxOpenScopes, PLACES_PER_OPEN_SCOPE));
  }

  void started(ScopeStart start) {
    open.put(start.header().uuid(), start);
    remember(start.header());
  }

  /** The start of a scope that ends now, or null when it was never seen or is forgotten. */
  @Nullable ScopeStart end(UUID uuid) {
    ScopeStart start = open.remove(uuid);
    if (start == null) {
      return ended.get(uuid);
    }
    ended.put(uuid, start);
    return start;
  }

  void remember(EventHeader scope) {
    places.put(scope.uuid(), new Place(scope.traceRoot(), scope.origin()));
  }

  @Nullable Place place(@Nullable UUID scope) {
    return scope == null ? null : places.get(scope);
  }

  int openScopes() {
    return open.size();
  }

  /** Where a scope belongs. */
  record Place(UUID traceRoot, Origin origin) {}

  /** Forgets its oldest entry when it is full. */
  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private final int limit;

    Bounded(int limit) {
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > limit;
    }
  }
}
