package io.fairlead.exporters.otel.delivery;

import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers items of one signal to one endpoint and tells the outcome as it is.
 *
 * <p>What is too large for one request, or refused as a whole, is halved until the items at fault
 * stand alone: some backends refuse a batch for one bad span. Items refused alone are given up at
 * once when the same delivery had others taken, which proves that the endpoint works. When nothing
 * at all is taken, the fault may be the operator's (a missing header, a wrong project), so
 * everything is kept and offered again: for an hour when the endpoint took something before, else
 * for a day. Connects on first use. Used by one thread at a time.
 *
 * @param <T> the kind of item
 */
public final class OtlpDelivery<T> implements AutoCloseable {

  /** Between attempts that isolate items in vain, which cost two requests per item. */
  static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(30);

  /** How long a delivery may be refused whole by an endpoint that took something before. */
  static final Duration PATIENCE = Duration.ofHours(1);

  /** How long a delivery may be refused whole by an endpoint that never took anything. */
  static final Duration PATIENCE_AT_FIRST = Duration.ofDays(1);

  private static final String UNREADABLE = "exporter.unreadable_answer";

  private final TransportSettings settings;
  private final Signal signal;
  private final InstantSource clock;
  private final DiagnosticSink remarks;
  private final Function<List<T>, Marshaler> encoder;
  private final SecretWords secrets;
  private @Nullable OtlpTransport transport;
  private @Nullable Instant refusedSince;
  private boolean tookSomething;

  private OtlpDelivery(
      TransportSettings settings,
      Signal signal,
      InstantSource clock,
      DiagnosticSink remarks,
      Function<List<T>, Marshaler> encoder) {
    this.settings = settings;
    this.signal = signal;
    this.clock = clock;
    this.remarks = remarks;
    this.encoder = encoder;
    this.secrets = new SecretWords(settings);
  }

  /**
   * Delivers spans.
   *
   * @param remarks takes what an operator should know of deliveries that went through
   */
  public static OtlpDelivery<SpanData> ofSpans(
      TransportSettings settings, InstantSource clock, DiagnosticSink remarks) {
    return new OtlpDelivery<>(
        settings, Signal.TRACES, clock, remarks, TraceRequestMarshaler::create);
  }

  /**
   * Delivers metrics.
   *
   * @param remarks takes what an operator should know of deliveries that went through
   */
  public static OtlpDelivery<MetricData> ofMetrics(
      TransportSettings settings, InstantSource clock, DiagnosticSink remarks) {
    return new OtlpDelivery<>(
        settings, Signal.METRICS, clock, remarks, MetricsRequestMarshaler::create);
  }

  /**
   * Delivers log records.
   *
   * @param remarks takes what an operator should know of deliveries that went through
   */
  public static OtlpDelivery<LogRecordData> ofLogs(
      TransportSettings settings, InstantSource clock, DiagnosticSink remarks) {
    return new OtlpDelivery<>(settings, Signal.LOGS, clock, remarks, LogsRequestMarshaler::create);
  }

  /**
   * Sends items and waits for the outcome; without items nothing is sent. One part that shall come
   * later makes all of it come later: an item that was taken already is then sent again with the
   * same ids.
   *
   * @throws InterruptedException when the thread was interrupted while it waited
   */
  public DeliveryResult deliver(List<T> items) throws InterruptedException {
    Deque<List<T>> parts = new ArrayDeque<>();
    if (!items.isEmpty()) {
      parts.push(items);
    }
    long delivered = 0;
    long rejected = 0;
    boolean endpointWorks = false;
    String reason = null;
    while (!parts.isEmpty()) {
      List<T> part = parts.pop();
      byte[] body = encode(part);
      if (body.length > settings.maxRequest() && part.size() > 1) {
        halve(part, parts);
        continue;
      }
      Answer answer = secrets.outOf(transport().send(body));
      if (answer instanceof Answer.Later later) {
        refusedSince = null;
        return DeliveryResult.retry(later.reason(), later.after());
      }
      if (answer instanceof Answer.Refused refused) {
        if (part.size() > 1) {
          halve(part, parts);
        } else {
          rejected++;
          endpointWorks |= refused.ofItem();
          reason = refused.reason();
        }
      } else if (answer instanceof Answer.Unreadable unreadable) {
        endpointWorks = true;
        tookSomething = true;
        delivered += part.size();
        remarks.report(Diagnostic.warning(UNREADABLE, null, remark(unreadable)));
      } else if (answer instanceof Answer.Accepted accepted) {
        endpointWorks = true;
        tookSomething = true;
        long refusedHere = Math.min(part.size(), accepted.rejected());
        rejected += refusedHere;
        delivered += part.size() - refusedHere;
        reason = accepted.message() == null ? reason : accepted.message();
      }
    }
    if (rejected > 0 && !endpointWorks && bearsRefusal()) {
      String why = "nothing was taken: " + reason;
      return DeliveryResult.retry(why, PAUSE_AFTER_REFUSAL);
    }
    refusedSince = null;
    return new DeliveryResult(
        DeliveryResult.Kind.DONE, delivered, rejected, reason, null, Map.of());
  }

  private static String remark(Answer.Unreadable answer) {
    return "The endpoint accepted data, but its answer cannot be read: "
        + answer.reason()
        + ". What it refused of it, if anything, is unknown.";
  }

  private boolean bearsRefusal() {
    Instant now = clock.instant();
    Instant since = refusedSince == null ? now : refusedSince;
    refusedSince = since;
    return now.isBefore(since.plus(tookSomething ? PATIENCE : PATIENCE_AT_FIRST));
  }

  @Override
  public void close() {
    OtlpTransport open = transport;
    transport = null;
    if (open != null) {
      open.close();
    }
  }

  private OtlpTransport transport() {
    OtlpTransport open = transport;
    if (open == null) {
      open = OtlpTransport.open(settings, signal, clock);
      transport = open;
    }
    return open;
  }

  private byte[] encode(List<T> items) {
    Marshaler message = encoder.apply(items);
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.getBinarySerializedSize());
    try {
      message.writeBinaryTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory is not written to", e);
    }
    return out.toByteArray();
  }

  private static <T> void halve(List<T> part, Deque<List<T>> parts) {
    int middle = part.size() / 2;
    parts.push(part.subList(middle, part.size()));
    parts.push(part.subList(0, middle));
  }
}
