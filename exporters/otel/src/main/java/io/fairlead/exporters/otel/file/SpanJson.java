package io.fairlead.exporters.otel.file;

import io.fairlead.spi.event.Json;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Spans as an OTLP/JSON request on one line. Like NeMo Relay's files it names every member, also
 * those with a default; OpenTelemetry's own encoder leaves them out and needs a second JSON
 * library.
 */
final class SpanJson {

  /** The trace flags and that it is known whether the parent is remote (it is not). */
  private static final int PARENT_KNOWN = 0x100;

  private final StringBuilder out = new StringBuilder(1_024);

  private SpanJson() {}

  static String write(List<SpanData> spans) {
    SpanJson json = new SpanJson();
    json.request(spans);
    return json.out.toString();
  }

  private void request(List<SpanData> spans) {
    Map<Resource, List<SpanData>> byResource =
        spans.stream()
            .collect(
                Collectors.groupingBy(
                    SpanData::getResource, LinkedHashMap::new, Collectors.toList()));
    out.append("{\"resourceSpans\":[");
    entries(byResource, this::resourceSpans);
    out.append("]}");
  }

  private void resourceSpans(Resource resource, List<SpanData> spans) {
    out.append("{\"resource\":{");
    attributes(resource.getAttributes());
    out.append(",\"droppedAttributesCount\":0,\"entityRefs\":[]},\"scopeSpans\":[");
    Map<InstrumentationScopeInfo, List<SpanData>> byScope =
        spans.stream()
            .collect(
                Collectors.groupingBy(
                    SpanData::getInstrumentationScopeInfo,
                    LinkedHashMap::new,
                    Collectors.toList()));
    entries(byScope, this::scopeSpans);
    out.append("],\"schemaUrl\":");
    text(resource.getSchemaUrl());
    out.append('}');
  }

  private void scopeSpans(InstrumentationScopeInfo scope, List<SpanData> spans) {
    out.append("{\"scope\":{\"name\":");
    text(scope.getName());
    out.append(",\"version\":");
    text(scope.getVersion());
    out.append(',');
    attributes(scope.getAttributes());
    out.append(",\"droppedAttributesCount\":0},\"spans\":[");
    list(spans, this::span);
    out.append("],\"schemaUrl\":");
    text(scope.getSchemaUrl());
    out.append('}');
  }

  private void span(SpanData span) {
    boolean root = !span.getParentSpanContext().isValid();
    out.append("{\"traceId\":");
    text(span.getTraceId());
    out.append(",\"spanId\":");
    text(span.getSpanId());
    out.append(",\"traceState\":\"\",\"parentSpanId\":");
    text(root ? "" : span.getParentSpanId());
    out.append(",\"flags\":")
        .append(PARENT_KNOWN | span.getSpanContext().getTraceFlags().asByte())
        .append(",\"name\":");
    text(span.getName());
    out.append(",\"kind\":").append(span.getKind().ordinal() + 1);
    time("startTimeUnixNano", span.getStartEpochNanos());
    time("endTimeUnixNano", span.getEndEpochNanos());
    out.append(',');
    attributes(span.getAttributes());
    out.append(",\"droppedAttributesCount\":0,\"events\":[");
    list(span.getEvents(), this::event);
    out.append("],\"droppedEventsCount\":0,\"links\":[");
    list(span.getLinks(), this::link);
    out.append("],\"droppedLinksCount\":0,\"status\":{\"message\":");
    text(span.getStatus().getDescription());
    out.append(",\"code\":").append(span.getStatus().getStatusCode().ordinal()).append("}}");
  }

  private void event(EventData event) {
    out.append("{\"timeUnixNano\":\"").append(event.getEpochNanos()).append("\",\"name\":");
    text(event.getName());
    out.append(',');
    attributes(event.getAttributes());
    out.append(",\"droppedAttributesCount\":0}");
  }

  private void link(LinkData link) {
    out.append("{\"traceId\":");
    text(link.getSpanContext().getTraceId());
    out.append(",\"spanId\":");
    text(link.getSpanContext().getSpanId());
    out.append(",\"traceState\":\"\",");
    attributes(link.getAttributes());
    out.append(",\"droppedAttributesCount\":0,\"flags\":")
        .append(PARENT_KNOWN | link.getSpanContext().getTraceFlags().asByte())
        .append('}');
  }

  private void time(String name, long nanos) {
    out.append(",\"").append(name).append("\":\"").append(nanos).append('"');
  }

  private void attributes(Attributes attributes) {
    out.append("\"attributes\":[");
    entries(attributes.asMap(), this::attribute);
    out.append(']');
  }

  private void attribute(AttributeKey<?> key, Object value) {
    out.append("{\"key\":");
    text(key.getKey());
    out.append(",\"value\":");
    value(value);
    out.append('}');
  }

  private void value(Object value) {
    if (value instanceof Boolean) {
      out.append("{\"boolValue\":").append(value).append('}');
    } else if (value instanceof Long) {
      out.append("{\"intValue\":\"").append(value).append("\"}");
    } else if (value instanceof Double number) {
      out.append("{\"doubleValue\":");
      number(number);
      out.append('}');
    } else if (value instanceof List<?> elements) {
      out.append("{\"arrayValue\":{\"values\":[");
      list(elements, this::value);
      out.append("]}}");
    } else {
      out.append("{\"stringValue\":");
      text(value.toString());
      out.append('}');
    }
  }

  /** JSON has no literal for numbers that are not finite; protobuf's mapping writes texts. */
  private void number(double number) {
    if (Double.isFinite(number)) {
      out.append(number);
    } else {
      text(String.valueOf(number));
    }
  }

  private void text(@Nullable String value) {
    Json.appendQuoted(out, value == null ? "" : value);
  }

  private <T> void list(Collection<? extends T> values, Consumer<T> writer) {
    String separator = "";
    for (T value : values) {
      out.append(separator);
      writer.accept(value);
      separator = ",";
    }
  }

  private <K, V> void entries(Map<K, V> entries, BiConsumer<? super K, ? super V> writer) {
    list(entries.entrySet(), entry -> writer.accept(entry.getKey(), entry.getValue()));
  }
}
