package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.RootResources;
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

  private final MetricResources resources;
  private final KernelMetrics health;
  private final SpanIdentity identity;

  /** As the other, with one resource for all. */
  public EventMetrics(
      SpanIdentity identity,
      GenAiProfile profile,
      KernelStatus kernel,
      InstantSource clock,
      Limits limits,
      DiagnosticSink remarks) {
    this(RootResources.none(identity), profile, kernel, clock, limits, remarks);
  }

  /**
   * @param roots resource and scope of the metrics
   * @param profile version of the GenAI conventions
   * @param kernel what to show of the program's own health
   * @param limits how many metrics and series there may be per resource
   * @param remarks takes metric marks that cannot be counted
   */
  public EventMetrics(
      RootResources roots,
      GenAiProfile profile,
      KernelStatus kernel,
      InstantSource clock,
      Limits limits,
      DiagnosticSink remarks) {
    this.identity = roots.identity(null);
    this.resources =
        new MetricResources(roots, new ResourceMetrics.Settings(profile, clock, limits, remarks));
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
    resources.restore(state);
  }

  /**
   * Adds events up.
   *
   * @return the values to save together with the position behind these events
   */
  public Map<String, byte @Nullable []> add(List<Event> events) {
    events.forEach(resources::count);
    return resources.changes();
  }

  /** Whether marks name a metric of {@link #collect}, not we. */
  public static boolean isMeasured(MetricData metric) {
    return metric instanceof MetricRecord record && record.instrument().measured();
  }

  /** What there is to tell; under delta only what was not told yet. */
  public List<MetricData> collect(Temporality temporality) {
    List<MetricData> metrics = new ArrayList<>();
    resources.all().forEach(one -> metrics.addAll(one.collect(temporality)));
    metrics.addAll(health.collect(identity, temporality));
    return metrics;
  }

  /**
   * Says that the last {@link #collect} reached the other side, so that deltas begin anew.
   *
   * @return values to save
   */
  public Map<String, byte @Nullable []> markReported() {
    resources.all().forEach(ResourceMetrics::markReported);
    health.markReported();
    return resources.changes();
  }
}
