package io.fairlead.exporters.otel.metrics;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Marks that hold measurements, by NeMo Relay's schema. A mark counts as a whole or not at all, and
 * is shown as metrics alone: neither as log record nor in spans.
 */
public final class MetricMarks {

  /** What a mark holds does not follow the schema. */
  public static final String INVALID = "otel.metric_mark_invalid";

  private static final String SCHEMA = "nemo.relay.metric_measurements";
  private static final String VERSION = "1";
  private static final Set<String> MEMBERS = Set.of("measurements");

  private MetricMarks() {}

  /** Whether an event is such a mark, valid or not. */
  public static boolean isMetric(Event event) {
    DataSchema schema = event instanceof Mark ? event.header().dataSchema() : null;
    return schema != null && schema.name().equals(SCHEMA);
  }

  /** The events that are no such marks. */
  public static List<Event> without(List<Event> events) {
    return events.stream().anyMatch(MetricMarks::isMetric)
        ? events.stream().filter(event -> !isMetric(event)).toList()
        : events;
  }

  /** Reports the marks among events that do not follow the schema. */
  public static void check(List<Event> events, DiagnosticSink remarks) {
    for (Event event : events) {
      if (isMetric(event)) {
        try {
          read(event);
        } catch (InvalidMarkException e) {
          remarks.report(rejected(INVALID, event, e));
        }
      }
    }
  }

  static Diagnostic rejected(String code, Event event, InvalidMarkException fault) {
    return Diagnostic.warning(
        code,
        null,
        "The metric mark '" + event.header().name() + "' was not counted: " + fault.getMessage());
  }

  /** Its measurements, at least one. */
  static List<Measurement> read(Event event) throws InvalidMarkException {
    DataSchema schema = event.header().dataSchema();
    if (schema == null || !schema.version().equals(VERSION)) {
      throw new InvalidMarkException("its schema has a version other than " + VERSION);
    }
    Json data = event.header().data();
    if (data == null
        || !(JsonTree.sorted(data) instanceof JsonTree.Members members)
        || !MEMBERS.containsAll(members.keySet())
        || !(members.get("measurements") instanceof List<?> given)
        || given.isEmpty()) {
      throw new InvalidMarkException("its data is no object with nothing but measurements");
    }
    List<Measurement> measurements = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      try {
        measurements.add(MeasurementReader.read(given.get(i)));
      } catch (InvalidMarkException e) {
        throw new InvalidMarkException("measurements[" + i + "] " + e.getMessage());
      }
    }
    agree(measurements);
    return measurements;
  }

  private static void agree(List<Measurement> measurements) throws InvalidMarkException {
    Map<String, Descriptor> known = new HashMap<>();
    for (int i = 0; i < measurements.size(); i++) {
      Descriptor descriptor = measurements.get(i).descriptor();
      Descriptor other = known.putIfAbsent(descriptor.key(), descriptor);
      if (other != null && !other.hasIdentityOf(descriptor)) {
        throw new InvalidMarkException(
            "measurements[" + i + "] contradicts an earlier one of the same name");
      }
    }
  }
}
