package io.fairlead.exporters.otel.metrics;

import io.opentelemetry.api.common.Attributes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One metric with one set of labels: what it has come to, and how much of that a backend that wants
 * deltas was already told. Not thread-safe.
 */
abstract sealed class Series permits Series.Sum, Series.Last, Series.Histogram {

  private final Attributes attributes;
  private final long startNanos;

  private Series(Attributes attributes, long startNanos) {
    this.attributes = attributes;
    this.startNanos = startNanos;
  }

  static Series create(Instrument instrument, Attributes attributes, long startNanos) {
    return switch (instrument.kind()) {
      case HISTOGRAM -> new Histogram(attributes, startNanos, instrument.boundaries());
      case GAUGE, GAUGE_AMOUNT -> new Last(attributes, startNanos);
      case COUNTER, AMOUNT, UP_DOWN, UP_DOWN_AMOUNT -> new Sum(attributes, startNanos);
    };
  }

  final Attributes attributes() {
    return attributes;
  }

  final long startNanos() {
    return startNanos;
  }

  abstract void add(BigDecimal value);

  abstract boolean hasUnreported();

  abstract void markReported();

  /**
   * Everything there is to know after a restart, fields parted by blanks; the start comes first.
   */
  abstract String encode();

  /** Takes over what {@link #encode()} wrote, without the start. */
  abstract void restore(List<String> fields);

  /** An exact sum. */
  static final class Sum extends Series {

    private BigDecimal total = BigDecimal.ZERO;
    private BigDecimal reported = BigDecimal.ZERO;

    private Sum(Attributes attributes, long startNanos) {
      super(attributes, startNanos);
    }

    BigDecimal value(boolean delta) {
      return delta ? total.subtract(reported) : total;
    }

    @Override
    void add(BigDecimal value) {
      total = total.add(value);
    }

    @Override
    boolean hasUnreported() {
      return total.compareTo(reported) != 0;
    }

    @Override
    void markReported() {
      reported = total;
    }

    @Override
    String encode() {
      return startNanos() + " " + total + " " + reported;
    }

    @Override
    void restore(List<String> fields) {
      total = new BigDecimal(fields.get(0));
      reported = new BigDecimal(fields.get(1));
    }
  }

  /** The last value. */
  static final class Last extends Series {

    private BigDecimal value = BigDecimal.ZERO;
    private boolean reported;

    private Last(Attributes attributes, long startNanos) {
      super(attributes, startNanos);
    }

    BigDecimal value() {
      return value;
    }

    @Override
    void add(BigDecimal newValue) {
      value = newValue;
      reported = false;
    }

    @Override
    boolean hasUnreported() {
      return !reported;
    }

    @Override
    void markReported() {
      reported = true;
    }

    @Override
    String encode() {
      return startNanos() + " " + value + " " + reported;
    }

    @Override
    void restore(List<String> fields) {
      value = new BigDecimal(fields.get(0));
      reported = Boolean.parseBoolean(fields.get(1));
    }
  }

  /** Counts per bucket with an exact sum. */
  static final class Histogram extends Series {

    private final List<Double> boundaries;
    private final long[] counts;
    private final long[] reportedCounts;
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal reportedSum = BigDecimal.ZERO;
    private Extremes all = Extremes.NONE;
    private Extremes unreported = Extremes.NONE;

    private Histogram(Attributes attributes, long startNanos, List<Double> boundaries) {
      super(attributes, startNanos);
      this.boundaries = boundaries;
      this.counts = new long[boundaries.size() + 1];
      this.reportedCounts = new long[counts.length];
    }

    List<Double> boundaries() {
      return boundaries;
    }

    double sum(boolean delta) {
      return (delta ? sum.subtract(reportedSum) : sum).doubleValue();
    }

    Extremes extremes(boolean delta) {
      return delta ? unreported : all;
    }

    List<Long> counts(boolean delta) {
      List<Long> values = new ArrayList<>(counts.length);
      for (int i = 0; i < counts.length; i++) {
        values.add(delta ? counts[i] - reportedCounts[i] : counts[i]);
      }
      return values;
    }

    @Override
    void add(BigDecimal value) {
      double number = value.doubleValue();
      int bucket = 0;
      while (bucket < boundaries.size() && number > boundaries.get(bucket)) {
        bucket++;
      }
      boolean first = sum.signum() == 0 && Arrays.stream(counts).allMatch(count -> count == 0);
      boolean firstOfDelta = !hasUnreported();
      counts[bucket]++;
      sum = sum.add(value);
      all = all.with(number, first);
      unreported = unreported.with(number, firstOfDelta);
    }

    @Override
    boolean hasUnreported() {
      return !Arrays.equals(counts, reportedCounts);
    }

    @Override
    void markReported() {
      System.arraycopy(counts, 0, reportedCounts, 0, counts.length);
      reportedSum = sum;
      unreported = Extremes.NONE;
    }

    @Override
    String encode() {
      StringBuilder out = new StringBuilder();
      out.append(startNanos()).append(' ').append(sum).append(' ').append(reportedSum);
      for (int i = 0; i < counts.length; i++) {
        out.append(' ').append(counts[i]).append(' ').append(reportedCounts[i]);
      }
      return out.append(all.encode()).append(unreported.encode()).toString();
    }

    @Override
    void restore(List<String> fields) {
      int known = 2 + 2 * counts.length;
      if (fields.size() != known && fields.size() != known + 4) {
        throw new IllegalArgumentException("the buckets have changed");
      }
      sum = new BigDecimal(fields.get(0));
      reportedSum = new BigDecimal(fields.get(1));
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Long.parseLong(fields.get(2 + 2 * i));
        reportedCounts[i] = Long.parseLong(fields.get(3 + 2 * i));
      }
      if (fields.size() > known) { // an earlier version did not write them
        all = Extremes.decode(fields.subList(known, known + 2));
        unreported = Extremes.decode(fields.subList(known + 2, known + 4));
      }
    }
  }

  /**
   * The least and the greatest value, both NaN when they are not known.
   *
   * @param min the least
   * @param max the greatest
   */
  record Extremes(double min, double max) {

    static final Extremes NONE = new Extremes(Double.NaN, Double.NaN);

    boolean known() {
      return !Double.isNaN(min);
    }

    /** Stays unknown when earlier values are not known. */
    Extremes with(double value, boolean first) {
      return first
          ? new Extremes(value, value)
          : new Extremes(Math.min(min, value), Math.max(max, value));
    }

    String encode() {
      return " " + min + " " + max;
    }

    static Extremes decode(List<String> fields) {
      return new Extremes(Double.parseDouble(fields.get(0)), Double.parseDouble(fields.get(1)));
    }
  }
}
