package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.ScopeLink;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.util.UUID;

/** Ids and times of spans, derived from events alone. */
public final class SpanIds {

  private SpanIds() {}

  static SpanContext own(EventHeader header) {
    return context(header.traceRoot(), header.uuid());
  }

  /** The parent, or the invalid context for the root of a trace. */
  static SpanContext parent(EventHeader header) {
    UUID parent = header.parentUuid();
    if (parent == null || header.uuid().equals(header.traceRoot())) {
      return SpanContext.getInvalid();
    }
    return context(header.traceRoot(), parent);
  }

  static SpanContext target(ScopeLink link) {
    return context(link.traceRoot(), link.scope());
  }

  /** A scope in a trace. */
  public static SpanContext context(UUID traceRoot, UUID scope) {
    return SpanContext.create(
        TraceId.fromLongs(traceRoot.getMostSignificantBits(), traceRoot.getLeastSignificantBits()),
        SpanId.fromLong(scope.getLeastSignificantBits()),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }
}
