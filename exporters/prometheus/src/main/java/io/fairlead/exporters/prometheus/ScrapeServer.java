package io.fairlead.exporters.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.fairlead.exporters.otel.metrics.EventMetrics;
import io.fairlead.exporters.otel.metrics.Temporality;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code GET /metrics} and nothing else. A server of our own and not the exporter's: that
 * one answers every path and does not say which port it got.
 */
final class ScrapeServer implements AutoCloseable {

  private static final String PATH = "/metrics";
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final int BACKLOG = 16;
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Opens the port.
   *
   * @throws java.net.BindException when something else listens there
   */
  ScrapeServer(InetSocketAddress address, EventMetrics metrics, Labels labels) throws IOException {
    server = HttpServer.create(address, BACKLOG);
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "fairlead-prometheus");
              thread.setDaemon(true);
              return thread;
            });
    HttpHandler handler = new MetricsHandler(registry(metrics, labels));
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, handler));
    server.start();
  }

  /**
   * Which labels and metrics are added that say where a series comes from.
   *
   * @param scope {@code otel_scope_*} labels on each series
   * @param targetInfo the metric {@code target_info} with the resource
   */
  record Labels(boolean scope, boolean targetInfo) {}

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static PrometheusRegistry registry(EventMetrics metrics, Labels labels) {
    PrometheusMetricReader reader =
        PrometheusMetricReader.builder()
            .setOtelScopeLabelsEnabled(labels.scope())
            .setTargetInfoMetricEnabled(labels.targetInfo())
            .build();
    reader.register(
        new CollectionRegistration() {
          @Override
          public Collection<MetricData> collectAllMetrics() {
            return ScrapedMetric.of(metrics.collect(Temporality.CUMULATIVE));
          }
        });
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(reader);
    return registry;
  }

  private static void answer(HttpExchange exchange, HttpHandler metrics) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      refuse(exchange, 404);
    } else if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      refuse(exchange, 405);
    } else {
      metrics.handle(exchange);
    }
  }

  private static void refuse(HttpExchange exchange, int code) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(code, -1);
    }
  }
}
