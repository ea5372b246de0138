package io.fairlead.exporters.otel.metrics;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what metric marks measure: the whole of a mark or nothing of it. Not thread-safe. */
final class MarkCounter {

  private static final String CONFLICT = "otel.metric_descriptor_conflict";
  private static final String TOO_MANY_INSTRUMENTS = "otel.metric_instrument_limit";
  private static final String TOO_MANY_SERIES = "otel.metric_cardinality_limit";

  private final MetricStore store;
  private final MarkInstruments instruments;
  private final EventMetrics.Limits limits;
  private final DiagnosticSink remarks;

  MarkCounter(MetricStore store, EventMetrics.Limits limits, DiagnosticSink remarks) {
    this.store = store;
    this.instruments = new MarkInstruments(limits.instruments());
    this.limits = limits;
    this.remarks = remarks;
  }

  void restore(SourceState state) {
    instruments.restore(state);
    store.restore(state, instruments.all());
  }

  Map<String, byte @Nullable []> changes() {
    return instruments.changes();
  }

  void count(Event mark) {
    List<Measurement> measurements;
    try {
      measurements = MetricMarks.read(mark);
    } catch (InvalidMarkException e) {
      remarks.report(MetricMarks.rejected(MetricMarks.INVALID, mark, e));
      return;
    }
    String conflict = instruments.conflict(measurements);
    if (conflict != null) {
      reject(CONFLICT, mark, conflict);
    } else if (!instruments.hasRoom(measurements)) {
      reject(
          TOO_MANY_INSTRUMENTS,
          mark,
          "there would be more than " + limits.instruments() + " metrics of marks");
    } else {
      measurements.forEach(this::record);
    }
  }

  private void record(Measurement measurement) {
    Instrument instrument = instruments.of(measurement.descriptor());
    if (!store.add(instrument, measurement.attributes(), measurement.value())) {
      remarks.report(
          Diagnostic.warning(
              TOO_MANY_SERIES,
              null,
              "The metric '"
                  + instrument.name()
                  + "' has "
                  + limits.series()
                  + " series; what goes beyond is counted under otel.metric.overflow."));
    }
  }

  private void reject(String code, Event mark, String why) {
    remarks.report(MetricMarks.rejected(code, mark, new InvalidMarkException(why)));
  }
}
