package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.KernelStatus.SubscriberStatus;
import io.fairlead.spi.event.EpochNanos;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The program's own health. Counts from the start of the program, unlike the agents' series. */
final class KernelMetrics {

  private static final Instrument EVENTS =
      Instrument.counter("fairlead.events", "{event}", "Events taken in since the start.");
  private static final Instrument EVENTS_DROPPED =
      Instrument.counter(
          "fairlead.events.dropped", "{event}", "Events lost before any exporter saw them.");
  private static final Map<Instrument, ToLongFunction<SubscriberStatus>> PER_SUBSCRIBER =
      Map.of(
          Instrument.counter(
              "fairlead.export.delivered", "{item}", "Items the other side accepted."),
          SubscriberStatus::delivered,
          Instrument.counter(
              "fairlead.export.failed", "{item}", "Items the other side refused for good."),
          SubscriberStatus::failed,
          Instrument.counter(
              "fairlead.export.dropped", "{event}", "Events a bound forced out undelivered."),
          SubscriberStatus::dropped);

  private final KernelStatus kernel;
  private final InstantSource clock;
  private long startNanos;
  private final Map<String, Long> reported = new HashMap<>();
  private final Map<String, Long> latest = new HashMap<>();

  KernelMetrics(KernelStatus kernel, InstantSource clock) {
    this.kernel = kernel;
    this.clock = clock;
    this.startNanos = EpochNanos.of(clock.instant());
  }

  synchronized List<MetricData> collect(SpanIdentity identity, Temporality temporality) {
    long now = EpochNanos.of(clock.instant());
    List<MetricData> metrics = new ArrayList<>();
    metrics.add(
        metric(
            identity,
            EVENTS,
            temporality,
            List.of(point(EVENTS, "", kernel.events(), temporality, now))));
    metrics.add(
        metric(
            identity,
            EVENTS_DROPPED,
            temporality,
            List.of(point(EVENTS_DROPPED, "", kernel.dropped(), temporality, now))));
    List<SubscriberStatus> subscribers = kernel.subscribers();
    if (!subscribers.isEmpty()) {
      PER_SUBSCRIBER.forEach(
          (instrument, value) ->
              metrics.add(
                  metric(
                      identity,
                      instrument,
                      temporality,
                      subscribers.stream()
                          .map(
                              one ->
                                  point(
                                      instrument,
                                      one.name(),
                                      value.applyAsLong(one),
                                      temporality,
                                      now))
                          .toList())));
    }
    return metrics;
  }

  /** Says that the last {@link #collect} reached the other side. */
  synchronized void markReported() {
    reported.putAll(latest);
    startNanos = EpochNanos.of(clock.instant());
  }

  private LongPointData point(
      Instrument instrument, String subscriber, long value, Temporality temporality, long now) {
    String key = instrument.name() + ' ' + subscriber;
    latest.put(key, value);
    long shown = temporality.isDelta() ? value - reported.getOrDefault(key, 0L) : value;
    Attributes labels =
        subscriber.isEmpty()
            ? Attributes.empty()
            : Labels.NONE.with("subscriber", subscriber).attributes();
    return LongPointData.create(startNanos, now, labels, shown);
  }

  private static MetricData metric(
      SpanIdentity identity,
      Instrument instrument,
      Temporality temporality,
      List<LongPointData> points) {
    return new MetricRecord(
        identity,
        instrument,
        MetricDataType.LONG_SUM,
        SumData.createLongSumData(true, temporality.aggregation(), points));
  }
}
