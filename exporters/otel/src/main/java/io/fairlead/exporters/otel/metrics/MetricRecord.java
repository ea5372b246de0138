package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;

/** A metric as OpenTelemetry's encoder wants it. */
record MetricRecord(SpanIdentity identity, Instrument instrument, MetricDataType type, Data<?> data)
    implements MetricData {

  @Override
  public Resource getResource() {
    return identity.resource();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return identity.scope();
  }

  @Override
  public String getName() {
    return instrument.name();
  }

  @Override
  public String getDescription() {
    return instrument.description();
  }

  @Override
  public String getUnit() {
    return instrument.unit();
  }

  @Override
  public MetricDataType getType() {
    return type;
  }

  @Override
  public Data<?> getData() {
    return data;
  }
}
