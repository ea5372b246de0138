package io.fairlead.exporters.otel.logs;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.exporters.otel.metrics.MetricMarks;
import io.fairlead.exporters.otel.projection.RootResources;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One log record per mark, as NeMo Relay makes them. Marks that hold measurements are metrics, not
 * logs. Used by one thread at a time, with every event in order: scopes say in which trace a mark
 * is.
 */
public final class LogProjection {

  /** A mark whose severity is none is not sent. */
  static final String INVALID_SEVERITY = "otel.log_mark_invalid_severity";

  private static final String SEVERITY = "nemo_relay.log.severity";
  private static final String ATOF_VERSION = "0.1";

  /** As for spans. */
  private static final int MAX_SESSION_ID = 250;

  private final RootResources resources;
  private final Severity minimum;
  private final boolean content;
  private final InstantSource clock;
  private final ScopeLineage lineage = new ScopeLineage();

  /**
   * @param resources who sends the records
   * @param minimum least severity that becomes a record
   * @param content whether a mark's payload becomes the body
   */
  public LogProjection(
      RootResources resources, Severity minimum, boolean content, InstantSource clock) {
    this.resources = resources;
    this.minimum = minimum;
    this.content = content;
    this.clock = clock;
  }

  /**
   * What a batch comes to.
   *
   * @param records in the order of the marks
   * @param remarks about marks that could not become one; worth a report once the batch is through
   */
  public record Batch(List<LogRecordData> records, List<Diagnostic> remarks) {}

  /** Takes over what an earlier run saved. Call it once, before anything else. */
  public void restore(SourceState state) {
    resources.restore(state);
  }

  /** The values to save with the position behind the batches so far, since the last call. */
  public Map<String, byte @Nullable []> changes() {
    return resources.changes();
  }

  /** The records of a batch. */
  public Batch project(List<Event> events) {
    List<LogRecordData> records = new ArrayList<>();
    List<Diagnostic> remarks = new ArrayList<>();
    for (Event event : events) {
      lineage.see(event);
      resources.see(event);
      if (event instanceof Mark mark && !MetricMarks.isMetric(mark)) {
        LogRecordData record = record(mark, remarks);
        if (record != null) {
          records.add(record);
        }
      }
    }
    return new Batch(records, remarks);
  }

  private @Nullable LogRecordData record(Mark mark, List<Diagnostic> remarks) {
    EventHeader header = mark.header();
    Json given = header.metadata();
    Object metadata = given == null ? null : JsonTree.sorted(given);
    Severity severity = severity(header, metadata, remarks);
    if (severity == null || severity.getSeverityNumber() < minimum.getSeverityNumber()) {
      return null;
    }
    return new LogRecord(
        resources.identity(resources.added(mark)),
        Math.max(0, header.timeNanos()),
        nanos(clock.instant()),
        lineage.parent(mark),
        severity,
        body(header),
        attributes(mark, metadata));
  }

  private static @Nullable Severity severity(
      EventHeader header, @Nullable Object metadata, List<Diagnostic> remarks) {
    if (!(metadata instanceof JsonTree.Members members) || !members.containsKey(SEVERITY)) {
      return Severity.INFO;
    }
    Object stated = members.get(SEVERITY);
    Severity severity = stated instanceof String word ? LogSeverity.of(word) : null;
    if (severity == null) {
      String trouble =
          stated instanceof String
              ? "is none of trace, debug, info, warn, warning, error"
              : "is no text";
      remarks.add(
          Diagnostic.warning(
              INVALID_SEVERITY,
              null,
              "The mark '"
                  + header.name()
                  + "' became no log record: "
                  + SEVERITY
                  + " "
                  + trouble));
    }
    return severity;
  }

  private @Nullable Value<?> body(EventHeader header) {
    Object data = !content || header.data() == null ? null : JsonTree.sorted(header.data());
    return data == null ? null : JsonValues.of(data);
  }

  private static Attributes attributes(Mark mark, @Nullable Object metadata) {
    EventHeader header = mark.header();
    AttributesBuilder attributes = Attributes.builder();
    attributes.put("nemo_relay.atof.version", ATOF_VERSION);
    attributes.put("nemo_relay.mark.name", header.name());
    attributes.put("nemo_relay.mark.uuid", header.uuid().toString());
    put(attributes, "nemo_relay.mark.parent_uuid", header.parentUuid());
    put(attributes, "nemo_relay.session.instance_id", instance(mark));
    ScopeCategory category = mark.category();
    if (category != null) {
      attributes.put("nemo_relay.mark.category", category.wireName());
    }
    DataSchema schema = header.dataSchema();
    if (schema != null) {
      attributes.put("nemo_relay.mark.data_schema.name", schema.name());
      attributes.put("nemo_relay.mark.data_schema.version", schema.version());
    }
    metadata(attributes, metadata);
    String session = header.origin().sessionId();
    if (session != null) {
      attributes.put(
          "session.id", session.substring(0, Math.min(session.length(), MAX_SESSION_ID)));
    }
    return attributes.build();
  }

  private static void put(AttributesBuilder attributes, String name, @Nullable UUID value) {
    if (value != null) {
      attributes.put(name, value.toString());
    }
  }

  /** The root the mark belongs to, as the record itself says it, else as the event does. */
  private static @Nullable UUID instance(Mark mark) {
    UUID stated = RecordMembers.propagationRoot(mark);
    EventHeader header = mark.header();
    if (stated != null) {
      return stated;
    }
    return header.traceRoot().equals(header.uuid()) ? null : header.traceRoot();
  }

  private static void metadata(AttributesBuilder attributes, @Nullable Object metadata) {
    if (metadata instanceof JsonTree.Members members) {
      members.remove(SEVERITY);
      if (members.isEmpty()) {
        return;
      }
    }
    if (metadata != null) {
      attributes.put(AttributeKey.valueKey("nemo_relay.mark.metadata"), JsonValues.of(metadata));
    }
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
