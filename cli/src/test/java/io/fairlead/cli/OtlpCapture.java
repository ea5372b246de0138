package io.fairlead.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An OTLP receiver on this machine that takes everything and keeps it. */
final class OtlpCapture implements AutoCloseable {

  private final HttpServer server;
  private final List<Span> spans = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();

  OtlpCapture() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", exchange -> accept(exchange, this::addSpans));
    server.createContext("/v1/metrics", exchange -> accept(exchange, this::addMetrics));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every span as it came, ordered by its id; a repeated one is there twice. */
  synchronized List<Span> spans() {
    return spans.stream()
        .sorted(
            Comparator.comparing(span -> HexFormat.of().formatHex(span.getSpanId().toByteArray())))
        .toList();
  }

  /** What was told about agents in all, by metric and labels. */
  synchronized Map<String, BigDecimal> sums() {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Metric metric : metrics) {
      boolean delta = isDelta(metric);
      for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        add(sums, metric.getName(), point.getAttributesList(), value, delta);
      }
      for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
        add(sums, metric.getName() + " count", point.getAttributesList(), point.getCount(), delta);
        add(sums, metric.getName() + " sum", point.getAttributesList(), point.getSum(), delta);
      }
    }
    return sums;
  }

  private static boolean isDelta(Metric metric) {
    AggregationTemporality temporality =
        metric.hasSum()
            ? metric.getSum().getAggregationTemporality()
            : metric.getHistogram().getAggregationTemporality();
    return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private interface Reader {
    void read(byte[] body) throws IOException;
  }

  private static void accept(HttpExchange exchange, Reader reader) throws IOException {
    try (exchange) {
      reader.read(exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private synchronized void addSpans(byte[] body) throws IOException {
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        spans.addAll(scope.getSpansList());
      }
    }
  }

  private synchronized void addMetrics(byte[] body) throws IOException {
    ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(body);
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        metrics.addAll(scope.getMetricsList());
      }
    }
  }

  private static void add(
      Map<String, BigDecimal> sums,
      String name,
      List<KeyValue> labels,
      double value,
      boolean delta) {
    if (name.startsWith("fairlead.export") || name.startsWith("fairlead.events")) {
      return; // the program's own health
    }
    String series =
        labels.stream()
            .map(label -> label.getKey() + "=" + label.getValue().getStringValue())
            .sorted()
            .collect(Collectors.joining(",", name + "{", "}"));
    sums.merge(series, rounded(value), (before, now) -> delta ? before.add(now) : now);
  }

  /** Sums of doubles differ in their last digits with the order they are added in. */
  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_UP);
  }
}
