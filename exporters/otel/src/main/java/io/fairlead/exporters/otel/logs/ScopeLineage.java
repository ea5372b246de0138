package io.fairlead.exporters.otel.logs;

import io.fairlead.atof.RecordMembers;
import io.fairlead.exporters.otel.projection.SpanIds;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeEvent;
import io.opentelemetry.api.trace.SpanContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Remembers in which trace scopes are, in bounded number, for marks that come after their scope has
 * ended or name a root that was never emitted. Forgotten at a restart.
 */
final class ScopeLineage {

  private static final int LIMIT = 4_096;

  private final Map<UUID, UUID> traceRoots = new Bounded();

  void see(Event event) {
    if (event instanceof ScopeEvent) {
      traceRoots.put(event.header().uuid(), event.header().traceRoot());
    }
  }

  /** The scope a mark happened in, or the invalid context when no such scope was ever emitted. */
  SpanContext parent(Mark event) {
    EventHeader mark = event.header();
    UUID parent = mark.parentUuid();
    if (parent == null || mark.traceRoot().equals(mark.uuid())) {
      return SpanContext.getInvalid();
    }
    UUID root = traceRoots.get(parent);
    if (root != null) {
      return SpanIds.context(root, parent);
    }
    // Elsewhere the root of a session that emits nothing itself is named as parent and as root; a
    // scope of our own may have begun before a restart.
    return mark.traceRoot().equals(parent) && RecordMembers.isForeign(event)
        ? SpanContext.getInvalid()
        : SpanIds.context(mark.traceRoot(), parent);
  }

  /** Forgets what it was told first when it is full. */
  private static final class Bounded extends LinkedHashMap<UUID, UUID> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, UUID> eldest) {
      return size() > LIMIT;
    }
  }
}
