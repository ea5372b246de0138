package io.fairlead.exporters.otel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.Events;
import io.fairlead.exporters.otel.Signals;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics of the peer's own metric marks equal those the peer sent. */
class MetricMarksTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private final List<Diagnostic> remarks = new ArrayList<>();
  private final MapState state = new MapState();

  @ParameterizedTest
  @CsvSource({
    "metric-kinds, CUMULATIVE, 256, 2000",
    "metric-delta, DELTA, 256, 2000",
    "metric-delta, LOW_MEMORY, 256, 2000",
    "metric-attributes, CUMULATIVE, 256, 2000",
    "metric-conflict, CUMULATIVE, 256, 2000",
    "metric-cardinality, CUMULATIVE, 256, 3",
    "metric-instrument-limit, CUMULATIVE, 2, 2000",
    "metric-invalid, CUMULATIVE, 256, 2000"
  })
  void equalsThePeersMetrics(String scenario, Temporality temporality, int instruments, int series)
      throws IOException {
    EventMetrics metrics = metrics(instruments, series);
    state.save(metrics.add(Signals.events(scenario)));
    Object expected = exact(Signals.expected(scenario, "metrics.json"));
    assertThat(sent(metrics, temporality)).isEqualTo(expected);

    assertThat(sent(metrics(instruments, series), temporality))
        .as("after a restart")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "metric-invalid, otel.metric_mark_invalid, 34, 2000",
    "metric-conflict, otel.metric_descriptor_conflict, 4, 2000",
    "metric-cardinality, otel.metric_cardinality_limit, 7, 3"
  })
  void saysWhatItDidNotCountAsOftenAsThePeer(String scenario, String code, int times, int series)
      throws IOException {
    metrics(256, series).add(Signals.events(scenario));
    assertThat(remarks).hasSize(times).extracting(Diagnostic::code).containsOnly(code);
  }

  @Test
  void saysWhichMarkWouldBeOneMetricTooMany() {
    EventMetrics metrics = metrics(1, 2000);
    metrics.add(List.of(mark("a", "counter", "u64", "1"), mark("b", "counter", "u64", "1")));
    assertThat(remarks)
        .extracting(Diagnostic::code)
        .containsExactly("otel.metric_instrument_limit");
    assertThat(sent(metrics, Temporality.CUMULATIVE)).hasSize(1);
  }

  @Test
  void keepsWhatANameMeansOverARestart() {
    state.save(metrics(256, 2000).add(List.of(mark("a", "counter", "u64", "1"))));
    EventMetrics restarted = metrics(256, 2000);
    restarted.add(List.of(mark("a", "gauge", "u64", "5"), mark("A", "counter", "u64", "2")));
    assertThat(remarks)
        .extracting(Diagnostic::code)
        .containsExactly("otel.metric_descriptor_conflict");
    assertThat(sent(restarted, Temporality.CUMULATIVE).get(0).get("points"))
        .isEqualTo(List.of(Map.of("attributes", Map.of(), "int", 3L)));
  }

  @Test
  void tellsUnderDeltaWhatIsNew() {
    EventMetrics metrics = metrics(256, 2000);
    state.save(
        metrics.add(
            List.of(
                mark("c", "counter", "u64", "5"),
                mark("u", "up_down_counter", "i64", "5"),
                mark("h", "histogram", "f64", "7"),
                mark("g", "gauge", "f64", "1.5"))));
    assertThat(sent(metrics, Temporality.DELTA)).hasSize(4);
    state.save(metrics.markReported());
    assertThat(sent(metrics, Temporality.DELTA))
        .extracting(metric -> metric.get("name"))
        .containsExactly("u");

    EventMetrics restarted = metrics(256, 2000);
    restarted.add(
        List.of(mark("u", "up_down_counter", "i64", "-7"), mark("h", "histogram", "f64", "2")));
    List<Map<String, @Nullable Object>> sent = sent(restarted, Temporality.DELTA);
    assertThat(sent).extracting(metric -> metric.get("name")).containsExactly("h", "u");
    assertThat(sent.get(0).toString()).contains("min=2.0").contains("max=2.0");
    assertThat(sent.get(1).toString()).contains("int=-2");
  }

  @Test
  void keepsItsOwnNamesToItself() {
    EventMetrics metrics = metrics(256, 2000);
    metrics.add(
        List.of(
            mark("fairlead.tokens", "counter", "u64", "1"),
            mark("Fairlead/x", "counter", "u64", "1"),
            mark("gen_ai.client.token.usage", "histogram", "u64", "1")));
    assertThat(sent(metrics, Temporality.CUMULATIVE)).isEmpty();
    assertThat(remarks).hasSize(3);
  }

  @Test
  void staysAtWhatOtlpCanCarry() {
    EventMetrics metrics = metrics(256, 2000);
    String most = Long.toString(Long.MAX_VALUE);
    metrics.add(List.of(mark("c", "counter", "u64", most), mark("c", "counter", "u64", most)));
    assertThat(sent(metrics, Temporality.CUMULATIVE).get(0).get("points"))
        .isEqualTo(List.of(Map.of("attributes", Map.of(), "int", Long.MAX_VALUE)));
  }

  private static Mark mark(String name, String kind, String type, String value) {
    EventHeader header = Events.child(name + kind + value, "mark", Events.T0);
    String data =
        "{\"measurements\":[{\"name\":\"%s\",\"kind\":\"%s\",\"value_type\":\"%s\",\"value\":%s}]}"
            .formatted(name, kind, type, value);
    return new Mark(
        new EventHeader(
            header.uuid(),
            header.parentUuid(),
            header.traceRoot(),
            header.timeNanos(),
            header.name(),
            header.origin(),
            new Json(data),
            null,
            new DataSchema("nemo.relay.metric_measurements", "1"),
            null));
  }

  private EventMetrics metrics(int instruments, int series) {
    EventMetrics metrics =
        new EventMetrics(
            new SpanIdentity(Resource.empty(), InstrumentationScopeInfo.create("test")),
            GenAiProfile.of("practice"),
            new EventMetricsTest.FixedKernel(),
            CLOCK,
            new EventMetrics.Limits(instruments, series),
            remarks::add);
    metrics.restore(state);
    return metrics;
  }

  /** Sums are exact here; the peer's are those of binary fractions. */
  private static @Nullable Object exact(@Nullable Object peers) {
    if (peers instanceof List<?> list) {
      list.forEach(MetricMarksTest::exact);
    } else if (peers instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
      members.replaceAll(
          (name, value) ->
              value instanceof Double && value.equals(0.1 + 0.2) ? (Object) 0.3 : value);
      members.values().forEach(MetricMarksTest::exact);
    }
    return peers;
  }

  /** Metrics of marks in the order of their names. */
  private static List<Map<String, @Nullable Object>> sent(
      EventMetrics metrics, Temporality temporality) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Map<String, @Nullable Object>> sent = new ArrayList<>();
    try {
      MetricsRequestMarshaler.create(metrics.collect(temporality)).writeBinaryTo(out);
      ExportMetricsServiceRequest.parseFrom(out.toByteArray()).getResourceMetricsList().stream()
          .flatMap(resource -> resource.getScopeMetrics(0).getMetricsList().stream())
          .filter(metric -> !metric.getName().matches("(fairlead|gen_ai)\\..*"))
          .sorted(Comparator.comparing(Metric::getName))
          .forEach(metric -> sent.add(plain(metric)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return sent;
  }

  private static Map<String, @Nullable Object> plain(Metric metric) {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    plain.put("name", metric.getName());
    plain.put("unit", metric.getUnit());
    plain.put("description", metric.getDescription());
    plain.put("monotonic", metric.getSum().getIsMonotonic());
    List<Map<String, @Nullable Object>> points = new ArrayList<>();
    switch (metric.getDataCase()) {
      case SUM -> {
        plain.put("type", "sum");
        plain.put("temporality", temporality(metric.getSum().getAggregationTemporality()));
        metric.getSum().getDataPointsList().forEach(point -> points.add(number(point)));
      }
      case GAUGE -> {
        plain.put("type", "gauge");
        plain.put("temporality", "");
        metric.getGauge().getDataPointsList().forEach(point -> points.add(number(point)));
      }
      default -> {
        plain.put("type", "histogram");
        plain.put("temporality", temporality(metric.getHistogram().getAggregationTemporality()));
        metric.getHistogram().getDataPointsList().forEach(point -> points.add(buckets(point)));
      }
    }
    points.sort(Comparator.comparing(point -> String.valueOf(point.get("attributes"))));
    plain.put("points", points);
    return plain;
  }

  private static String temporality(AggregationTemporality temporality) {
    return temporality.name().replace("AGGREGATION_TEMPORALITY_", "");
  }

  private static Map<String, @Nullable Object> number(NumberDataPoint point) {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    plain.put("attributes", Signals.attributes(point.getAttributesList()));
    if (point.hasAsInt()) {
      plain.put("int", point.getAsInt());
    } else {
      plain.put("double", point.getAsDouble());
    }
    return plain;
  }

  private static Map<String, @Nullable Object> buckets(HistogramDataPoint point) {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    plain.put("attributes", Signals.attributes(point.getAttributesList()));
    plain.put("count", point.getCount());
    plain.put("sum", point.getSum());
    plain.put("min", point.getMin());
    plain.put("max", point.getMax());
    plain.put("bounds", point.getExplicitBoundsList());
    plain.put("buckets", point.getBucketCountsList());
    return plain;
  }
}
