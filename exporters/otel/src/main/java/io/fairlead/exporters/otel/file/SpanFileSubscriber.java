package io.fairlead.exporters.otel.file;

import io.fairlead.exporters.otel.metrics.MetricMarks;
import io.fairlead.exporters.otel.projection.Projection;
import io.fairlead.exporters.otel.projection.SpanAssembler;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;

/**
 * Writes a projection of events as spans to a file, one request per batch. After a crash between
 * writing and acknowledging a batch comes again: its spans then stand in the file twice, with the
 * same ids.
 */
public final class SpanFileSubscriber implements Subscriber {

  private final String name;
  private final Settings settings;
  private final SpanAssembler assembler;
  private final RequestFile file;

  /** A subscriber that opens its file when it is started. */
  public SpanFileSubscriber(
      String name, Settings settings, Projection projection, RequestFile file) {
    this.name = name;
    this.settings = settings;
    this.assembler = new SpanAssembler(projection);
    this.file = file;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  /** Opens the file early; when that fails the first delivery says so and tries again. */
  @Override
  public void start(SourceState state) {
    assembler.restore(state);
    try {
      file.open();
    } catch (IOException e) {
      file.close();
    }
  }

  @Override
  public DeliveryResult deliver(List<Event> events) throws Exception {
    return assembler.deliver(MetricMarks.without(events), this::write);
  }

  private DeliveryResult write(List<SpanData> spans) throws IOException {
    if (spans.isEmpty()) {
      return DeliveryResult.done(0);
    }
    try {
      file.append(new SpanRequest(spans));
      return DeliveryResult.done(spans.size());
    } catch (ClosedByInterruptException e) {
      file.close();
      throw e;
    } catch (IOException e) {
      return DeliveryResult.retry("cannot write " + file + ": " + e, null);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
