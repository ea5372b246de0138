package io.fairlead.exporters.prometheus;

import io.fairlead.exporters.otel.metrics.EventMetrics;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds events up and shows the sums to whoever scrapes them. */
final class PrometheusSubscriber implements Subscriber {

  private final String instance;
  private final InetSocketAddress address;
  private final ScrapeServer.Labels labels;
  private final EventMetrics metrics;
  private final DiagnosticSink diagnostics;
  private @Nullable ScrapeServer server;

  PrometheusSubscriber(
      String instance,
      InetSocketAddress address,
      ScrapeServer.Labels labels,
      EventMetrics metrics,
      DiagnosticSink diagnostics) {
    this.instance = instance;
    this.address = address;
    this.labels = labels;
    this.metrics = metrics;
    this.diagnostics = diagnostics;
  }

  @Override
  public String name() {
    return "scrape";
  }

  @Override
  public void start(SourceState state) throws IOException {
    metrics.restore(state);
    try {
      ScrapeServer opened = new ScrapeServer(address, metrics, labels);
      server = opened;
      diagnostics.report(
          new Diagnostic(
              Level.INFO,
              "prometheus.listening",
              instance,
              "port",
              "metrics are at http://" + address.getHostString() + ":" + opened.port() + "/metrics",
              null,
              null));
    } catch (BindException e) {
      diagnostics.report(
          Diagnostic.error(
                  "prometheus.port_in_use",
                  instance,
                  "nothing can listen at " + place() + ": " + e.getMessage())
              .atField("port")
              .withHint("choose another port, or port = \"auto\""));
      throw new IOException("prometheus.port_in_use: nothing can listen at " + place(), e);
    }
  }

  @Override
  public DeliveryResult deliver(List<Event> events) {
    return DeliveryResult.done(events.size()).withState(metrics.add(events));
  }

  @Override
  public void close() {
    ScrapeServer open = server;
    server = null;
    if (open != null) {
      open.close();
    }
  }

  private String place() {
    return address.getHostString() + ":" + address.getPort();
  }
}
