package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one resource, with limits of its own.
 *
 * @param identity the resource, and the scope
 * @param prefix begins the keys of all that is saved
 */
record ResourceMetrics(
    SpanIdentity identity,
    String prefix,
    MetricStore store,
    EventCounter counter,
    MarkCounter marks) {

  /** What all resources share. */
  record Settings(
      GenAiProfile profile,
      InstantSource clock,
      EventMetrics.Limits limits,
      DiagnosticSink remarks) {}

  static ResourceMetrics create(SpanIdentity identity, String prefix, Settings settings) {
    MetricStore store = new MetricStore(settings.clock(), settings.limits().series());
    return new ResourceMetrics(
        identity,
        prefix,
        store,
        new EventCounter(store, settings.profile()),
        new MarkCounter(store, settings.limits(), settings.remarks()));
  }

  /** Whether an event can add to a metric. */
  static boolean counts(Event event) {
    return MetricMarks.isMetric(event) || EventCounter.counts(event);
  }

  void restore(SourceState state) {
    marks.restore(new Part(state, prefix));
  }

  void count(Event event) {
    if (MetricMarks.isMetric(event)) {
      marks.count(event);
    } else {
      counter.count(event);
    }
  }

  /** The values to save since the last call. */
  Map<String, byte @Nullable []> changes() {
    Map<String, byte @Nullable []> changes = new HashMap<>();
    store.changes().forEach((key, value) -> changes.put(prefix + key, value));
    marks.changes().forEach((key, value) -> changes.put(prefix + key, value));
    return changes;
  }

  List<MetricData> collect(Temporality temporality) {
    return store.collect(identity, temporality);
  }

  void markReported() {
    store.markReported();
  }

  /** The keys that begin with a prefix, without it. */
  private record Part(SourceState all, String prefix) implements SourceState {

    @Override
    public byte @Nullable [] get(String key) {
      return all.get(prefix + key);
    }

    @Override
    public void forEach(String start, BiConsumer<String, byte[]> visitor) {
      all.forEach(
          prefix + start, (key, value) -> visitor.accept(key.substring(prefix.length()), value));
    }
  }
}
