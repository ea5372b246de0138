package io.fairlead.exporters.otel.delivery;

/** What is sent: spans, metrics or log records. */
public enum Signal {
  TRACES("/v1/traces", "opentelemetry.proto.collector.trace.v1.TraceService/Export"),
  METRICS("/v1/metrics", "opentelemetry.proto.collector.metrics.v1.MetricsService/Export"),
  LOGS("/v1/logs", "opentelemetry.proto.collector.logs.v1.LogsService/Export");

  private final String httpPath;
  private final String grpcMethod;

  Signal(String httpPath, String grpcMethod) {
    this.httpPath = httpPath;
    this.grpcMethod = grpcMethod;
  }

  /** The path of the signal under an HTTP endpoint. */
  public String httpPath() {
    return httpPath;
  }

  String grpcMethod() {
    return grpcMethod;
  }
}
