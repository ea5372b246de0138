package io.fairlead.cli.report;

import io.fairlead.spi.event.TokenUsage;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The report for programs. Token buckets are disjoint; what is not known is left out. */
public final class ReportJson {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private ReportJson() {}

  /** Writes the report as one object. */
  public static void write(Report report, JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("sessions");
    report.forEachSession(session -> writeSession(session, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeSession(SessionTotals session, JsonGenerator json) {
    Totals totals = session.totals();
    json.writeStartObject();
    json.writeStringProperty("runtime", session.runtime());
    text(json, "agent_id", session.agentId());
    text(json, "session_id", session.sessionId());
    text(json, "parent_session_id", session.parentSessionId());
    json.writeNumberProperty("turns", totals.turns());
    time(json, "started_at", session.startNanos());
    time(json, "ended_at", session.endNanos());
    json.writeArrayPropertyStart("models");
    totals.models().forEach((key, model) -> writeModel(key, model, json));
    json.writeEndArray();
    json.writeArrayPropertyStart("tools");
    totals.tools().forEach((name, tool) -> writeTool(name, tool, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeModel(ModelKey key, ModelTotals model, JsonGenerator json) {
    json.writeStartObject();
    text(json, "provider", key.provider());
    text(json, "model", key.model());
    json.writeNumberProperty("calls", model.calls());
    json.writeNumberProperty("failed_calls", model.failedCalls());
    writeTokens(model.usage(), json);
    json.writeArrayPropertyStart("costs");
    for (Map.Entry<String, ModelTotals.Money> cost : model.costs().entrySet()) {
      json.writeStartObject();
      json.writeStringProperty("amount", cost.getValue().amount().toPlainString());
      json.writeStringProperty("currency", cost.getKey());
      json.writeStringProperty("status", cost.getValue().status().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("unpriced_calls", model.unpricedCalls());
    json.writeEndObject();
  }

  private static void writeTokens(@Nullable TokenUsage usage, JsonGenerator json) {
    if (usage == null) {
      return;
    }
    tokens(json, "input_tokens", Tokens.uncachedInput(usage));
    tokens(json, "cache_read_tokens", usage.cacheRead());
    tokens(json, "cache_write_tokens", usage.cacheWrite5m());
    tokens(json, "cache_write_1h_tokens", usage.cacheWrite1h());
    tokens(json, "output_tokens", usage.totalOutput());
    tokens(json, "reasoning_tokens", usage.reasoning());
  }

  private static void writeTool(String name, ToolTotals tool, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeNumberProperty("calls", tool.calls());
    json.writeNumberProperty("failed_calls", tool.failedCalls());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void tokens(JsonGenerator json, String name, long count) {
    if (count != TokenUsage.UNKNOWN) {
      json.writeNumberProperty(name, count);
    }
  }

  private static void time(JsonGenerator json, String name, @Nullable Long nanos) {
    if (nanos != null) {
      json.writeStringProperty(name, rfc3339(nanos));
    }
  }

  static String rfc3339(long nanos) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    return DateTimeFormatter.ISO_INSTANT.format(instant);
  }
}
