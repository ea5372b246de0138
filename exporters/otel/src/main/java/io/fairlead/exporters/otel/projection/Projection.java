package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.UsageReported;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one audience sees of events: which of them become spans, under which names.
 *
 * <p>A projection holds no state: {@link SpanAssembler} brings together what belongs to a span. A
 * span's trace id is its trace root's UUID, its own id the last 8 bytes of its scope's UUID.
 */
public abstract class Projection {

  Projection() {}

  /**
   * The spans of a batch by itself, in event order; empty when it has none. What happened in scopes
   * that end in another batch is not brought together; {@link SpanAssembler} does that.
   */
  public final List<SpanData> project(List<Event> events) {
    return new SpanAssembler(this).assemble(events).spans();
  }

  /** How a mark is shown. */
  abstract MarkForm form(Mark mark);

  /** What of a trace root's metadata the spans of its trace need; null when nothing. */
  abstract @Nullable Json ofRoot(@Nullable Json metadata);

  abstract SpanData scope(FinishedScope scope);

  /**
   * A mark as a span of its own.
   *
   * @param orphan whether the scope it happened in is over, or was never seen
   */
  abstract SpanData mark(Mark mark, boolean orphan, @Nullable Json rootMetadata);

  abstract SpanData usage(UsageReported report);
}
