package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * The series of one instrument as a metric.
 *
 * @param temporality what to tell of sums and histograms
 * @param lastReportNanos when deltas began
 * @param nowNanos time of the points
 */
record MetricPoints(Temporality temporality, long lastReportNanos, long nowNanos) {

  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);

  MetricData metric(SpanIdentity identity, Instrument instrument, List<Series> told) {
    boolean falls = instrument.kind().isAlwaysCumulative();
    MetricPoints own =
        falls ? new MetricPoints(Temporality.CUMULATIVE, lastReportNanos, nowNanos) : this;
    return switch (instrument.kind()) {
      case COUNTER, UP_DOWN ->
          new MetricRecord(
              identity,
              instrument,
              MetricDataType.LONG_SUM,
              SumData.createLongSumData(
                  !falls, own.temporality.aggregation(), points(told, own::wholeSum)));
      case AMOUNT, UP_DOWN_AMOUNT ->
          new MetricRecord(
              identity,
              instrument,
              MetricDataType.DOUBLE_SUM,
              SumData.createDoubleSumData(
                  !falls, own.temporality.aggregation(), points(told, own::amountSum)));
      case GAUGE ->
          new MetricRecord(
              identity,
              instrument,
              MetricDataType.LONG_GAUGE,
              GaugeData.createLongGaugeData(
                  points(told, one -> whole(one, ((Series.Last) one).value()))));
      case GAUGE_AMOUNT ->
          new MetricRecord(
              identity,
              instrument,
              MetricDataType.DOUBLE_GAUGE,
              GaugeData.createDoubleGaugeData(
                  points(told, one -> amount(one, ((Series.Last) one).value()))));
      case HISTOGRAM ->
          new MetricRecord(
              identity,
              instrument,
              MetricDataType.HISTOGRAM,
              HistogramData.create(
                  temporality.aggregation(), points(told, one -> buckets((Series.Histogram) one))));
    };
  }

  private LongPointData wholeSum(Series sum) {
    return whole(sum, ((Series.Sum) sum).value(temporality.isDelta()));
  }

  private DoublePointData amountSum(Series sum) {
    return amount(sum, ((Series.Sum) sum).value(temporality.isDelta()));
  }

  private static <P> List<P> points(List<Series> told, Function<Series, P> point) {
    return told.stream().map(point).toList();
  }

  /** A sum beyond what OTLP can carry stays at the bound. */
  private LongPointData whole(Series one, BigDecimal value) {
    return LongPointData.create(
        start(one), nowNanos, one.attributes(), value.min(LONG_MAX).max(LONG_MIN).longValue());
  }

  private DoublePointData amount(Series one, BigDecimal value) {
    return DoublePointData.create(
        start(one), nowNanos, one.attributes(), value.doubleValue(), List.of());
  }

  private HistogramPointData buckets(Series.Histogram histogram) {
    boolean delta = temporality.isDelta();
    Series.Extremes extremes = histogram.extremes(delta);
    return HistogramPointData.create(
        start(histogram),
        nowNanos,
        histogram.attributes(),
        histogram.sum(delta),
        extremes.known(),
        extremes.known() ? extremes.min() : 0,
        extremes.known(),
        extremes.known() ? extremes.max() : 0,
        histogram.boundaries(),
        histogram.counts(delta));
  }

  private long start(Series one) {
    return temporality.isDelta() ? Math.max(one.startNanos(), lastReportNanos) : one.startNanos();
  }
}
