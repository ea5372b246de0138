package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.delivery.OtlpDelivery;
import io.fairlead.exporters.otel.metrics.EventMetrics;
import io.fairlead.exporters.otel.metrics.Temporality;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.List;

/**
 * Adds events up as they come and pushes the sums at intervals. Under delta what a push could not
 * deliver stays part of the next one.
 */
final class MetricsSubscriber implements Subscriber {

  private final String name;
  private final Settings settings;
  private final EventMetrics metrics;
  private final Temporality temporality;
  private final OtlpDelivery<MetricData> delivery;

  MetricsSubscriber(
      String name,
      Settings settings,
      EventMetrics metrics,
      Temporality temporality,
      OtlpDelivery<MetricData> delivery) {
    this.name = name;
    this.settings = settings;
    this.metrics = metrics;
    this.temporality = temporality;
    this.delivery = delivery;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public void start(SourceState state) {
    metrics.restore(state);
  }

  @Override
  public DeliveryResult deliver(List<Event> events) {
    return DeliveryResult.done(0).withState(metrics.add(events));
  }

  @Override
  public DeliveryResult push() throws InterruptedException {
    DeliveryResult result = delivery.deliver(metrics.collect(temporality));
    if (result.kind() == DeliveryResult.Kind.RETRY || temporality == Temporality.CUMULATIVE) {
      return result;
    }
    return result.withState(metrics.markReported());
  }

  @Override
  public void close() {
    delivery.close();
  }
}
