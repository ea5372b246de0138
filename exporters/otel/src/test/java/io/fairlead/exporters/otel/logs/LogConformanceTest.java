package io.fairlead.exporters.otel.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.Events;
import io.fairlead.exporters.otel.Signals;
import io.fairlead.exporters.otel.metrics.MapState;
import io.fairlead.exporters.otel.projection.RootResources;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log records of the peer's own event streams equal those the peer sent. */
class LogConformanceTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent-llm-tool",
        "log-severities",
        "log-bodies",
        "log-metadata",
        "log-after-parent-ended",
        "log-no-parent"
      })
  void equalsThePeersRecords(String scenario) throws IOException {
    List<Event> events = Signals.events(scenario);
    assertThat(sent(projection(Severity.TRACE, true), events))
        .isEqualTo(Signals.expected(scenario, "logs.json"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void addsMetadataOfTheRootToTheResourceAsThePeer(int batch) throws IOException {
    List<Event> events = Signals.events("promoted-resource");
    LogProjection projection = promoting();
    List<Map<String, @Nullable Object>> sent = new ArrayList<>();
    for (int i = 0; i < events.size(); i += batch) {
      List<Event> part = events.subList(i, Math.min(events.size(), i + batch));
      projection.project(part); // a batch may come again
      sent.addAll(sent(projection, part));
    }
    sent.sort(Comparator.comparing(record -> (Long) record.get("time_unix_nano")));
    assertThat(sent).isEqualTo(Signals.expected("promoted-resource", "logs.json"));
  }

  @Test
  void knowsTheMetadataOfTheRootAfterARestart() throws IOException {
    List<Event> events = Signals.events("promoted-resource");
    MapState saved = new MapState();
    List<@Nullable Object> resources = new ArrayList<>();
    for (Event event : events) {
      LogProjection restarted = promoting();
      restarted.restore(saved);
      records(restarted, List.of(event)).forEach(record -> resources.add(record.get("resource")));
      saved.save(restarted.changes());
    }
    List<?> expected =
        (List<?>) Objects.requireNonNull(Signals.expected("promoted-resource", "logs.json"));
    assertThat(resources)
        .isEqualTo(
            expected.stream()
                .map(record -> ((Map<?, ?>) Objects.requireNonNull(record)).get("resource"))
                .toList());
  }

  @Test
  void sendsNothingBelowTheMinimum() throws IOException {
    List<Event> events = Signals.events("log-severities");
    assertThat(sent(projection(Severity.WARN, true), events))
        .extracting(record -> record.get("severity_text"))
        .containsExactly("WARN", "ERROR", "WARN", "ERROR");
  }

  @Test
  void saysWhichMarksHaveNoSeverity() throws IOException {
    LogProjection.Batch batch =
        projection(Severity.TRACE, true).project(Signals.events("log-severities"));
    assertThat(batch.remarks())
        .extracting(Diagnostic::code)
        .containsExactly("otel.log_mark_invalid_severity", "otel.log_mark_invalid_severity");
    assertThat(batch.remarks().get(0).message()).contains("'meta-bad'").doesNotContain("fatal");
  }

  @Test
  void knowsTheTraceOfOurOwnMarksWhoseScopeBeganBeforeARestart() throws IOException {
    Mark mark = new Mark(Events.child("m", "tick", Events.T0));
    assertThat(sent(projection(Severity.TRACE, true), List.of(mark)))
        .singleElement()
        .satisfies(record -> assertThat(record.get("span_id")).isNotEqualTo(""));
  }

  @Test
  void leavesMetricMarksToMetrics() throws IOException {
    assertThat(sent(projection(Severity.TRACE, true), Signals.events("metric-invalid"))).isEmpty();
  }

  @Test
  void leavesPayloadsOutWhenTheyAreNotWanted() throws IOException {
    assertThat(sent(projection(Severity.TRACE, false), Signals.events("agent-llm-tool")))
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.get("body")).isNull());
  }

  @Test
  void namesTheSessionOfAnAdaptersMark() {
    EventHeader child = Events.child("m", Mark.SESSION_STARTED, Events.T0);
    EventHeader alone =
        new EventHeader(
            child.uuid(), null, child.uuid(), child.timeNanos(), child.name(), child.origin());
    Map<String, @Nullable Object> record =
        records(projection(Severity.INFO, true), List.of(new Mark(alone))).get(0);
    assertThat(record.get("trace_id")).isEqualTo("");
    assertThat(record.get("attributes"))
        .isEqualTo(
            Map.of(
                "nemo_relay.atof.version", Map.of("string", "0.1"),
                "nemo_relay.mark.name", Map.of("string", "session.started"),
                "nemo_relay.mark.uuid", Map.of("string", child.uuid().toString()),
                "session.id", Map.of("string", "sess-1")));
  }

  @Test
  void staysReadableHoweverDeepAPayloadIs() {
    for (String deep :
        List.of("[".repeat(400) + "]".repeat(400), "{\"a\":".repeat(400) + "1" + "}".repeat(400))) {
      EventHeader header = Events.child("m", "deep", Events.T0);
      Mark mark = new Mark(header.withData(new Json(deep)).withMetadata(new Json(deep)));
      assertThat(records(projection(Severity.INFO, true), List.of(mark))).hasSize(1);
    }
  }

  private static LogProjection promoting() {
    RootResources resources =
        new RootResources(Signals.CONFIGURED, Set.of("app.", "deploy"), remark -> {});
    return new LogProjection(resources, Severity.TRACE, true, CLOCK);
  }

  private static LogProjection projection(Severity minimum, boolean content) {
    SpanIdentity identity =
        new SpanIdentity(Resource.empty(), InstrumentationScopeInfo.create("test"));
    return new LogProjection(RootResources.none(identity), minimum, content, CLOCK);
  }

  /** The records without the session id, which is ours. */
  private static List<Map<String, @Nullable Object>> sent(
      LogProjection projection, List<Event> events) {
    List<Map<String, @Nullable Object>> records = records(projection, events);
    for (Map<String, @Nullable Object> record : records) {
      if (record.get("attributes") instanceof Map<?, ?> attributes) {
        attributes.remove("session.id");
      }
    }
    return records;
  }

  private static List<Map<String, @Nullable Object>> records(
      LogProjection projection, List<Event> events) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LogsRequestMarshaler.create(projection.project(events).records()).writeBinaryTo(out);
      ExportLogsServiceRequest.parseFrom(out.toByteArray())
          .getResourceLogsList()
          .forEach(
              resource ->
                  resource
                      .getScopeLogs(0)
                      .getLogRecordsList()
                      .forEach(record -> records.add(plain(record, resource))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return records;
  }

  private static Map<String, @Nullable Object> plain(LogRecord record, ResourceLogs of) {
    assertThat(record.getObservedTimeUnixNano())
        .isEqualTo(CLOCK.instant().getEpochSecond() * 1_000_000_000L);
    assertThat(record.getEventName()).isEmpty();
    Map<String, @Nullable Object> plain = new TreeMap<>();
    if (of.getResource().getAttributesCount() > 0) {
      plain.put("resource", Signals.attributes(of.getResource().getAttributesList()));
    }
    plain.put("time_unix_nano", record.getTimeUnixNano());
    plain.put("severity_number", (long) record.getSeverityNumberValue());
    plain.put("severity_text", record.getSeverityText());
    plain.put("body", record.hasBody() ? Signals.value(record.getBody()) : null);
    plain.put("attributes", Signals.attributes(record.getAttributesList()));
    plain.put("trace_id", HexFormat.of().formatHex(record.getTraceId().toByteArray()));
    plain.put("span_id", HexFormat.of().formatHex(record.getSpanId().toByteArray()));
    plain.put("flags", (long) record.getFlags());
    return plain;
  }
}
