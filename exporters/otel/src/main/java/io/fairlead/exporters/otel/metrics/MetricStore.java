package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.EpochNanos;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
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

  /** What OpenTelemetry's SDKs use. */
  private static final Attributes OVERFLOW =
      Attributes.of(AttributeKey.booleanKey("otel.metric.overflow"), true);

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

  /**
   * Takes over what an earlier run left. What cannot be read any more is left alone.
   *
   * @param measured the instruments of metric marks
   */
  synchronized void restore(SourceState state, Collection<Instrument> measured) {
    restore(state, SeriesCodec.PREFIX, Instrument.ALL);
    restore(state, SeriesCodec.MEASURED, measured);
  }

  private void restore(SourceState state, String prefix, Collection<Instrument> instruments) {
    Map<String, Instrument> byName = new HashMap<>();
    instruments.forEach(instrument -> byName.put(instrument.name(), instrument));
    state.forEach(
        prefix,
        (key, value) -> {
          Instrument instrument = byName.get(SeriesCodec.instrument(key));
          Attributes attributes = SeriesCodec.attributes(key);
          if (instrument != null && attributes != null) {
            Series restored = SeriesCodec.decode(instrument, attributes, value);
            if (restored != null) {
              of(instrument).put(attributes, restored);
            }
          }
        });
  }

  /**
   * Adds a value.
   *
   * @return whether it went to a series of its labels, not to the one for everything beyond the
   *     limit
   */
  synchronized boolean add(Instrument instrument, Attributes attributes, BigDecimal value) {
    Map<Attributes, Series> known = of(instrument);
    boolean fits = known.containsKey(attributes) || hasRoom(instrument, attributes, known);
    Attributes labels = fits ? attributes : overflow(instrument, attributes);
    Series target =
        known.computeIfAbsent(labels, key -> Series.create(instrument, key, nowNanos()));
    target.add(value);
    changed.put(SeriesCodec.key(instrument, labels), target);
    return fits;
  }

  /** For metric marks the series without labels and the one for the rest do not count. */
  private boolean hasRoom(
      Instrument instrument, Attributes attributes, Map<Attributes, Series> known) {
    if (!instrument.measured()) {
      return known.size() < cardinalityLimit - 1;
    }
    int besides =
        (known.containsKey(Attributes.empty()) ? 1 : 0) + (known.containsKey(OVERFLOW) ? 1 : 0);
    return attributes.isEmpty() || known.size() - besides < cardinalityLimit;
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
    MetricPoints points = new MetricPoints(temporality, lastReportNanos, nowNanos());
    List<MetricData> metrics = new ArrayList<>();
    series.forEach(
        (instrument, known) -> {
          boolean all = !temporality.isDelta() || instrument.kind().isAlwaysCumulative();
          List<Series> told =
              known.values().stream().filter(one -> all || one.hasUnreported()).toList();
          if (!told.isEmpty()) {
            metrics.add(points.metric(identity, instrument, told));
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

  private static Attributes overflow(Instrument instrument, Attributes attributes) {
    if (instrument.measured()) {
      return OVERFLOW;
    }
    AttributesBuilder builder = Attributes.builder();
    attributes.forEach((key, value) -> builder.put(key.getKey(), OTHER));
    return builder.build();
  }

  private long nowNanos() {
    return EpochNanos.of(clock.instant());
  }
}
