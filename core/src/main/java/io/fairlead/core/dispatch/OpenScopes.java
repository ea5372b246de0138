package io.fairlead.core.dispatch;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Scopes a program has begun and not ended, so that they can be ended for it. Bounded: beyond the
 * bound further scopes are not watched.
 */
final class OpenScopes {

  private static final int MOST = 65_536;

  private final Map<UUID, ScopeStart> open = new LinkedHashMap<>();

  void see(Event event) {
    if (event instanceof ScopeStart start) {
      begin(start);
    } else if (event instanceof ScopeEnd end) {
      end(end.header().uuid());
    }
  }

  private synchronized void begin(ScopeStart start) {
    if (open.size() < MOST) {
      open.put(start.header().uuid(), start);
    }
  }

  private synchronized void end(UUID uuid) {
    open.remove(uuid);
  }

  /** Ends of everything open, the latest begun first, so that children come before parents. */
  synchronized List<ScopeEnd> endAll(long nowNanos) {
    List<ScopeStart> starts = new ArrayList<>(open.values());
    open.clear();
    Collections.reverse(starts);
    return starts.stream().map(start -> end(start, nowNanos)).toList();
  }

  private static ScopeEnd end(ScopeStart start, long nowNanos) {
    long time = Math.max(nowNanos, start.header().timeNanos());
    return new ScopeEnd(
        start.header().at(time, null),
        start,
        start.profile(),
        Outcome.UNSET,
        TimeQuality.APPROXIMATE,
        true);
  }
}
