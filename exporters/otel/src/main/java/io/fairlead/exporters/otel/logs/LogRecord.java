package io.fairlead.exporters.otel.logs;

import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/** A log record as OpenTelemetry's encoder wants it. */
record LogRecord(
    SpanIdentity identity,
    long timeNanos,
    long observedNanos,
    SpanContext context,
    Severity severity,
    @Nullable Value<?> body,
    Attributes attributes)
    implements LogRecordData {

  @Override
  public Resource getResource() {
    return identity.resource();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return identity.scope();
  }

  @Override
  public long getTimestampEpochNanos() {
    return timeNanos;
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return observedNanos;
  }

  @Override
  public SpanContext getSpanContext() {
    return context;
  }

  @Override
  public Severity getSeverity() {
    return severity;
  }

  @Override
  public String getSeverityText() {
    return severity.name();
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public io.opentelemetry.sdk.logs.data.Body getBody() {
    return body == null
        ? io.opentelemetry.sdk.logs.data.Body.empty()
        : io.opentelemetry.sdk.logs.data.Body.string(body.asString());
  }

  @Override
  public @Nullable Value<?> getBodyValue() {
    return body;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }
}
