package io.fairlead.exporters.otel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** A receiver of OTLP over HTTP that takes everything, whatever its path, and keeps it. */
final class OtlpSink implements AutoCloseable {

  /**
   * A request.
   *
   * @param headers by name in any case
   * @param body as it was before compression
   */
  record Request(String path, Map<String, String> headers, byte[] body) {

    List<ResourceSpans> spans() throws IOException {
      return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList();
    }

    /** The temporality of each sum and histogram. */
    Set<AggregationTemporality> temporalities() throws IOException {
      Set<AggregationTemporality> seen = new TreeSet<>();
      for (var resource : ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList()) {
        for (var scope : resource.getScopeMetricsList()) {
          for (Metric metric : scope.getMetricsList()) {
            if (metric.hasSum()) {
              seen.add(metric.getSum().getAggregationTemporality());
            } else if (metric.hasHistogram()) {
              seen.add(metric.getHistogram().getAggregationTemporality());
            }
          }
        }
      }
      return seen;
    }
  }

  private final HttpServer server;
  private final List<Request> requests = new ArrayList<>();

  OtlpSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      if ("gzip".equals(headers.get("Content-Encoding"))) {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      synchronized (this) {
        requests.add(new Request(exchange.getRequestURI().getPath(), headers, body));
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
