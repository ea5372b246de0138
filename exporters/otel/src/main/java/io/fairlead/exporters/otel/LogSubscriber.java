package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.delivery.OtlpDelivery;
import io.fairlead.exporters.otel.logs.LogProjection;
import io.fairlead.exporters.otel.metrics.MetricMarks;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.List;

/** Delivers marks as log records to one endpoint. */
final class LogSubscriber implements Subscriber {

  private final String name;
  private final Settings settings;
  private final LogProjection projection;
  private final OtlpDelivery<LogRecordData> delivery;
  private final boolean checksMetricMarks;
  private final DiagnosticSink remarks;

  /**
   * @param checksMetricMarks whether nobody else says which metric marks are invalid
   * @param remarks takes marks that could not be sent
   */
  LogSubscriber(
      String name,
      Settings settings,
      LogProjection projection,
      OtlpDelivery<LogRecordData> delivery,
      boolean checksMetricMarks,
      DiagnosticSink remarks) {
    this.name = name;
    this.settings = settings;
    this.projection = projection;
    this.delivery = delivery;
    this.checksMetricMarks = checksMetricMarks;
    this.remarks = remarks;
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
    projection.restore(state);
  }

  @Override
  public DeliveryResult deliver(List<Event> events) throws InterruptedException {
    LogProjection.Batch batch = projection.project(events);
    DeliveryResult result = delivery.deliver(batch.records());
    if (result.kind() == DeliveryResult.Kind.DONE) {
      batch.remarks().forEach(remarks::report);
      if (checksMetricMarks) {
        MetricMarks.check(events, remarks);
      }
      return result.withState(projection.changes());
    }
    return result;
  }

  @Override
  public void close() {
    delivery.close();
  }
}
