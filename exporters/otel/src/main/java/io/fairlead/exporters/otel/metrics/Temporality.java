package io.fairlead.exporters.otel.metrics;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import java.util.Locale;

/** Whether a value counts from the beginning or from the last time it was taken. */
public enum Temporality {
  CUMULATIVE,
  DELTA,
  /** As OpenTelemetry defines it; for the counters and histograms we have the same as delta. */
  LOW_MEMORY;

  /** The temporality of a configuration word. */
  public static Temporality of(String word) {
    String name = word.strip().toUpperCase(Locale.ROOT);
    return name.equals("LOWMEMORY") ? LOW_MEMORY : valueOf(name);
  }

  boolean isDelta() {
    return this != CUMULATIVE;
  }

  AggregationTemporality aggregation() {
    return isDelta() ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
  }
}
