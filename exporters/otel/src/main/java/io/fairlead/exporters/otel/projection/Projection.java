package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/**
 * What one audience sees of a batch of events: which of them become spans, under which names.
 *
 * <p>Implementations hold no state between batches: a scope's end carries its start, so a batch
 * that is delivered again gives the same spans. A span's trace id is its trace root's UUID, its own
 * id the last 8 bytes of its scope's UUID.
 */
@FunctionalInterface
public interface Projection {

  /** The spans of a batch, in event order; empty when it has none. */
  List<SpanData> project(List<Event> events);
}
