package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.SourceState;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All series of one subscriber. Thread-safe: a scrape may come while events are taken in.
 *
 * <p>What changed is handed out by {@link #changes()} and belongs into the transaction that moves
 * the subscriber's position, so that after a crash no event is counted twice or missed.
 */
final class MetricStore {

  private static final String OTHER = "other";

  private final InstantSource clock;
  private final int cardinalityLimit;
  private final Map<Instrument, Map<Attributes, Series>> series = new LinkedHashMap<>();
  private final Map<String, Series> changed = new HashMap<>();
  private long lastReportNanos;

  /**
   * @param cardinalityLimit most series per instrument, the one for everything beyond included
   */
  MetricStore(InstantSource clock, int cardinalityLimit) {
    this.clock = clock;
    this.cardinalityLimit = cardinalityLimit;
  }

  /** Takes over what an earlier run left. What cannot be read any more is left alone. */
  synchronized void restore(SourceState state) {
    Map<String, Instrument> byName = new HashMap<>();
    Instrument.ALL.forEach(instrument -> byName.put(instrument.name(), instrument));
    state.forEach(
        SeriesCodec.PREFIX,
        (key, value) -> {
          Instrument instrument = byName.get(SeriesCodec.instrument(key));
          if (instrument != null) {
            Attributes attributes = SeriesCodec.attributes(key);
            Series restored = SeriesCodec.decode(instrument, attributes, value);
            if (restored != null) {
              of(instrument).put(attributes, restored);
            }
          }
        });
  }

  synchronized void add(Instrument instrument, Attributes attributes, BigDecimal value) {
    Map<Attributes, Series> known = of(instrument);
    Attributes labels = attributes;
    if (!known.containsKey(labels) && known.size() >= cardinalityLimit - 1) {
      labels = overflow(labels);
    }
    Series target =
        known.computeIfAbsent(labels, key -> Series.create(instrument, key, nowNanos()));
    target.add(value);
    changed.put(SeriesCodec.key(instrument, labels), target);
  }

  /** The values to save for every series that changed since the last call. */
  synchronized Map<String, byte @Nullable []> changes() {
    Map<String, byte @Nullable []> values = new HashMap<>();
    changed.forEach((key, value) -> values.put(key, SeriesCodec.value(value)));
    changed.clear();
    return values;
  }

  /** What there is to tell; under delta only what was not told yet. */
  synchronized List<MetricData> collect(SpanIdentity identity, Temporality temporality) {
    List<MetricData> metrics = new ArrayList<>();
    series.forEach(
        (instrument, known) -> {
          List<Series> told =
              known.values().stream()
                  .filter(one -> !temporality.isDelta() || one.hasUnreported())
                  .toList();
          if (!told.isEmpty()) {
            metrics.add(metric(identity, instrument, told, temporality));
          }
        });
    return metrics;
  }

  /** Says that the last {@link #collect} reached the other side. */
  synchronized void markReported() {
    lastReportNanos = nowNanos();
    series.forEach(
        (instrument, known) ->
            known.forEach(
                (attributes, one) -> {
                  if (one.hasUnreported()) {
                    one.markReported();
                    changed.put(SeriesCodec.key(instrument, attributes), one);
                  }
                }));
  }

  private Map<Attributes, Series> of(Instrument instrument) {
    return series.computeIfAbsent(instrument, key -> new LinkedHashMap<>());
  }

  private static Attributes overflow(Attributes attributes) {
    AttributesBuilder builder = Attributes.builder();
    attributes.forEach((key, value) -> builder.put(key.getKey(), OTHER));
    return builder.build();
  }

  private MetricData metric(
      SpanIdentity identity, Instrument instrument, List<Series> told, Temporality temporality) {
    return switch (instrument.kind()) {
      case COUNTER -> {
        List<LongPointData> points =
            told.stream().map(one -> whole((Series.Sum) one, temporality)).toList();
        yield record(
            identity,
            instrument,
            MetricDataType.LONG_SUM,
            SumData.createLongSumData(true, temporality.aggregation(), points));
      }
      case AMOUNT -> {
        List<DoublePointData> points =
            told.stream().map(one -> amount((Series.Sum) one, temporality)).toList();
        yield record(
            identity,
            instrument,
            MetricDataType.DOUBLE_SUM,
            SumData.createDoubleSumData(true, temporality.aggregation(), points));
      }
      case HISTOGRAM -> {
        List<HistogramPointData> points =
            told.stream().map(one -> buckets((Series.Histogram) one, temporality)).toList();
        yield record(
            identity,
            instrument,
            MetricDataType.HISTOGRAM,
            HistogramData.create(temporality.aggregation(), points));
      }
    };
  }

  private static MetricData record(
      SpanIdentity identity, Instrument instrument, MetricDataType type, Data<?> data) {
    return new MetricRecord(identity, instrument, type, data);
  }

  private LongPointData whole(Series.Sum sum, Temporality temporality) {
    return LongPointData.create(
        start(sum, temporality),
        nowNanos(),
        sum.attributes(),
        sum.value(temporality.isDelta()).longValueExact());
  }

  private DoublePointData amount(Series.Sum sum, Temporality temporality) {
    return DoublePointData.create(
        start(sum, temporality),
        nowNanos(),
        sum.attributes(),
        sum.value(temporality.isDelta()).doubleValue(),
        List.of());
  }

  private HistogramPointData buckets(Series.Histogram histogram, Temporality temporality) {
    return HistogramPointData.create(
        start(histogram, temporality),
        nowNanos(),
        histogram.attributes(),
        histogram.sum(temporality.isDelta()),
        false,
        0,
        false,
        0,
        histogram.boundaries(),
        histogram.counts(temporality.isDelta()));
  }

  private long start(Series one, Temporality temporality) {
    return temporality.isDelta() ? Math.max(one.startNanos(), lastReportNanos) : one.startNanos();
  }

  private long nowNanos() {
    Instant now = clock.instant();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }
}
