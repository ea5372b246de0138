package io.fairlead.exporters.otel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.Events;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile.Counting;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventMetricsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private final MapState state = new MapState();

  @Test
  void countsDisjointBuckets() {
    EventMetrics metrics = metrics(100);
    metrics.add(List.of(Events.call("c", Events.llm().build(), Outcome.UNSET)));

    assertThat(sums(metrics, "fairlead.tokens", "fairlead.token.bucket"))
        .isEqualTo(Map.of("input", 100L, "cache_read", 1000L, "cache_write", 50L, "output", 40L));
    assertThat(sums(metrics, "fairlead.calls", "outcome")).isEqualTo(Map.of("ok", 1L));
    assertThat(sums(metrics, "fairlead.calls.unpriced", "model")).isEmpty();
  }

  @Test
  void countsEachFactOnceHoweverItBecameKnown() {
    EventMetrics metrics = metrics(100);
    metrics.add(
        List.of(
            Events.call("a", Events.counted(Counting.CALL), Outcome.UNSET),
            Events.call("b", Events.counted(Counting.NONE), Outcome.error("timeout", null)),
            Events.report("u", 2, TokenUsage.of(7, 0, 0, 3, 0), Events.cost("0.5"), 1)));

    assertThat(sums(metrics, "fairlead.calls", "outcome")).isEqualTo(Map.of("ok", 3L));
    assertThat(sums(metrics, "fairlead.tokens", "fairlead.token.bucket"))
        .isEqualTo(Map.of("input", 7L, "output", 3L));
    assertThat(sums(metrics, "fairlead.calls.unpriced", "model")).isEqualTo(Map.of("claude", 1L));
    assertThat(sums(metrics, "fairlead.cost", "status")).isEqualTo(Map.of("estimated", 0.5));
    assertThat(histogram(metrics, "gen_ai.client.token.usage", "gen_ai.token.type", "input"))
        .satisfies(
            point -> {
              assertThat(point.getCount()).isEqualTo(2);
              assertThat(point.getSum()).isEqualTo(2300);
            });
  }

  @Test
  void guessesNoBucket() {
    EventMetrics metrics = metrics(100);
    metrics.add(
        List.of(
            Events.call(
                "c", Events.llm().usage(TokenUsage.totals(500, 100, 9)).build(), Outcome.UNSET)));
    assertThat(sums(metrics, "fairlead.tokens", "fairlead.token.bucket"))
        .isEqualTo(Map.of("cache_read", 100L, "output", 9L));
  }

  @Test
  void keepsUncertainTimesOutOfHistograms() {
    ScopeEnd exact = Events.tool("t", "bash", Outcome.error("exit_code", null));
    ScopeEnd approximate =
        new ScopeEnd(
            exact.header(),
            exact.start(),
            exact.profile(),
            exact.outcome(),
            TimeQuality.APPROXIMATE,
            false);
    EventMetrics metrics = metrics(100);
    metrics.add(List.of(approximate));
    assertThat(find(metrics, "gen_ai.execute_tool.duration", Temporality.CUMULATIVE)).isEmpty();
    metrics.add(List.of(exact));
    HistogramPointData point =
        histogram(metrics, "gen_ai.execute_tool.duration", "error.type", "exit_code");
    assertThat(point.getSum()).isEqualTo(0.25);
    assertThat(point.getBoundaries()).hasSize(14).startsWith(0.01).endsWith(81.92);
    assertThat(point.getCounts().get(5)).isEqualTo(1);
    assertThat(sums(metrics, "fairlead.tool.calls", "outcome")).isEqualTo(Map.of("error", 2L));
  }

  @Test
  void sumsMoneyExactly() {
    EventMetrics metrics = metrics(100);
    List<Event> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(Events.call("c" + i, Events.llm().cost(Events.cost("0.1")).build(), Outcome.UNSET));
    }
    metrics.add(calls);
    assertThat(sums(metrics, "fairlead.cost", "currency")).isEqualTo(Map.of("USD", 1.0));
  }

  @Test
  void goesOnAfterARestart() {
    EventMetrics first = metrics(100);
    state.save(first.add(List.of(Events.call("a", Events.llm().build(), Outcome.UNSET))));
    int series = state.keys().size();

    EventMetrics second = metrics(100);
    assertThat(text(second)).isEqualTo(text(first));
    state.save(second.add(List.of(Events.call("b", Events.llm().build(), Outcome.UNSET))));
    assertThat(sums(second, "fairlead.calls", "outcome")).isEqualTo(Map.of("ok", 2L));
    assertThat(state.keys().size()).isEqualTo(series);
    assertThat(second.add(List.of(Events.turn("x")))).hasSize(1);
  }

  @Test
  void keepsDeltasUntilTheyAreTold() {
    EventMetrics metrics = metrics(100);
    state.save(metrics.add(List.of(Events.call("a", Events.llm().build(), Outcome.UNSET))));
    MetricData calls = find(metrics, "fairlead.calls", Temporality.DELTA).get(0);
    assertThat(calls.getLongSumData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.DELTA);
    assertThat(find(metrics, "fairlead.calls", Temporality.DELTA)).hasSize(1);

    state.save(metrics.markReported());
    assertThat(find(metrics, "fairlead.calls", Temporality.DELTA)).isEmpty();

    EventMetrics restarted = metrics(100);
    assertThat(find(restarted, "fairlead.calls", Temporality.DELTA)).isEmpty();
    restarted.add(List.of(Events.call("b", Events.llm().build(), Outcome.UNSET)));
    assertThat(
            find(restarted, "fairlead.calls", Temporality.DELTA)
                .get(0)
                .getLongSumData()
                .getPoints()
                .iterator()
                .next()
                .getValue())
        .isEqualTo(1);
  }

  @Test
  void boundsTheNumberOfSeries() {
    EventMetrics metrics = metrics(5);
    for (int i = 0; i < 50; i++) {
      metrics.add(List.of(Events.tool("t" + i, "tool-" + i, Outcome.UNSET)));
    }
    Map<String, Object> tools = sums(metrics, "fairlead.tool.calls", "tool");
    assertThat(tools).hasSize(5).containsEntry("other", 46L);
  }

  @Test
  void showsTheProgramsOwnHealth() {
    EventMetrics metrics = metrics(100);
    assertThat(sums(metrics, "fairlead.export.delivered", "subscriber"))
        .isEqualTo(Map.of("spans", 11L));
    assertThat(sums(metrics, "fairlead.export.failed", "subscriber"))
        .isEqualTo(Map.of("spans", 2L));
    assertThat(sums(metrics, "fairlead.events", "")).isEqualTo(Map.of("", 20L));
  }

  private EventMetrics metrics(int limit) {
    EventMetrics metrics =
        new EventMetrics(
            new SpanIdentity(Resource.empty(), InstrumentationScopeInfo.create("test")),
            GenAiProfile.of("practice"),
            new FixedKernel(),
            CLOCK,
            new EventMetrics.Limits(10, limit),
            remark -> {});
    metrics.restore(state);
    return metrics;
  }

  private static List<MetricData> find(EventMetrics metrics, String name, Temporality temporality) {
    return metrics.collect(temporality).stream()
        .filter(metric -> metric.getName().equals(name))
        .toList();
  }

  /** Every point, whatever the order. */
  private static List<String> text(EventMetrics metrics) {
    return metrics.collect(Temporality.CUMULATIVE).stream()
        .flatMap(
            metric ->
                metric.getData().getPoints().stream().map(point -> metric.getName() + " " + point))
        .sorted()
        .toList();
  }

  private static HistogramPointData histogram(
      EventMetrics metrics, String name, String label, String value) {
    return find(metrics, name, Temporality.CUMULATIVE)
        .get(0)
        .getHistogramData()
        .getPoints()
        .stream()
        .filter(point -> value.equals(label(point.getAttributes().asMap(), label)))
        .findFirst()
        .orElseThrow();
  }

  /** Values added up by one label. */
  private static Map<String, Object> sums(EventMetrics metrics, String name, String label) {
    Map<String, Object> sums = new TreeMap<>();
    for (MetricData metric : find(metrics, name, Temporality.CUMULATIVE)) {
      for (LongPointData point : metric.getLongSumData().getPoints()) {
        String key = label(point.getAttributes().asMap(), label);
        sums.merge(key, point.getValue(), (a, b) -> (Long) a + (Long) b);
      }
      for (DoublePointData point : metric.getDoubleSumData().getPoints()) {
        String key = label(point.getAttributes().asMap(), label);
        sums.merge(key, point.getValue(), (a, b) -> (Double) a + (Double) b);
      }
    }
    return sums;
  }

  private static String label(Map<?, ?> attributes, String name) {
    return attributes.entrySet().stream()
        .filter(entry -> entry.getKey().toString().equals(name))
        .map(entry -> entry.getValue().toString())
        .findFirst()
        .orElse("");
  }

  static final class FixedKernel implements KernelStatus {
    @Override
    public List<SubscriberStatus> subscribers() {
      return List.of(new SubscriberStatus("spans", 11, 2, 3, 4, null));
    }

    @Override
    public long events() {
      return 20;
    }

    @Override
    public long dropped() {
      return 1;
    }
  }
}
