package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.delivery.OtlpDelivery;
import io.fairlead.exporters.otel.projection.Projection;
import io.fairlead.exporters.otel.projection.SpanAssembler;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  public DeliveryResult deliver(List<Event> events) throws InterruptedException {
    SpanAssembler.Assembly assembly = assembler.assemble(events);
    DeliveryResult result = delivery.deliver(assembly.spans());
    if (result.kind() == DeliveryResult.Kind.RETRY) {
      return result;
    }
    Map<String, byte @Nullable []> state = assembly.state();
    assembly.accept();
    return result.withState(state);
  }

  @Override
  public void close() {
    delivery.close();
  }
}
