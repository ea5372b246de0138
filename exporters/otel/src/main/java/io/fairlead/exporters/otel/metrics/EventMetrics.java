package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one subscriber: takes events in, gives metrics out, and says what of its state to
 * save. Shared by the OTLP and the scrape exporter. Thread-safe.
 */
public final class EventMetrics {

  private final MetricStore store;
  private final EventCounter counter;
  private final MarkCounter marks;
  private final KernelMetrics health;
  private final SpanIdentity identity;

  /**
   * @param identity resource and scope of the metrics
   * @param profile version of the GenAI conventions
   * @param kernel what to show of the program's own health
   * @param limits how many metrics and series there may be
   * @param remarks takes metric marks that cannot be counted
   */
  public EventMetrics(
      SpanIdentity identity,
      GenAiProfile profile,
      KernelStatus kernel,
      InstantSource clock,
      Limits limits,
      DiagnosticSink remarks) {
    this.identity = identity;
    this.store = new MetricStore(clock, limits.series());
    this.counter = new EventCounter(store, profile);
    this.marks = new MarkCounter(store, limits, remarks);
    this.health = new KernelMetrics(kernel, clock);
  }

  /**
   * Bounds of what is kept.
   *
   * @param instruments most metrics that marks may name
   * @param series most series per metric; what goes beyond is counted under one more
   */
  public record Limits(int instruments, int series) {}

  /** Takes over what an earlier run saved. Call it once, before anything else. */
  public void restore(SourceState state) {
    marks.restore(state);
  }

  /**
   * Adds events up.
   *
   * @return the values to save together with the position behind these events
   */
  public Map<String, byte @Nullable []> add(List<Event> events) {
    for (Event event : events) {
      if (MetricMarks.isMetric(event)) {
        marks.count(event);
      } else {
        counter.count(event);
      }
    }
    Map<String, byte @Nullable []> changes = store.changes();
    changes.putAll(marks.changes());
    return changes;
  }

  /** Whether marks name a metric of {@link #collect}, not we. */
  public static boolean isMeasured(MetricData metric) {
    return metric instanceof MetricRecord record && record.instrument().measured();
  }

  /** What there is to tell; under delta only what was not told yet. */
  public List<MetricData> collect(Temporality temporality) {
    List<MetricData> metrics = new ArrayList<>(store.collect(identity, temporality));
    metrics.addAll(health.collect(identity, temporality));
    return metrics;
  }

  /**
   * Says that the last {@link #collect} reached the other side, so that deltas begin anew.
   *
   * @return values to save
   */
  public Map<String, byte @Nullable []> markReported() {
    store.markReported();
    health.markReported();
    return store.changes();
  }
}
