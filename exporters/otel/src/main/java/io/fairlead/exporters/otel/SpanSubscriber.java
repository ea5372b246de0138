package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.delivery.OtlpDelivery;
import io.fairlead.exporters.otel.metrics.MetricMarks;
import io.fairlead.exporters.otel.projection.Projection;
import io.fairlead.exporters.otel.projection.SpanAssembler;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/** Delivers a projection of events as spans to one endpoint. */
final class SpanSubscriber implements Subscriber {

  private final String name;
  private final Settings settings;
  private final SpanAssembler assembler;
  private final OtlpDelivery<SpanData> delivery;

  SpanSubscriber(
      String name, Settings settings, Projection projection, OtlpDelivery<SpanData> delivery) {
    this.name = name;
    this.settings = settings;
    this.assembler = new SpanAssembler(projection);
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
    assembler.restore(state);
  }

  @Override
  public DeliveryResult deliver(List<Event> events) throws Exception {
    return assembler.deliver(MetricMarks.without(events), delivery::deliver);
  }

  @Override
  public void close() {
    delivery.close();
  }
}
