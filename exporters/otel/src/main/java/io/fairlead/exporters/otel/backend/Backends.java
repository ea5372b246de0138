package io.fairlead.exporters.otel.backend;

import static io.fairlead.exporters.otel.delivery.Signal.METRICS;
import static io.fairlead.exporters.otel.delivery.Signal.TRACES;

import io.fairlead.exporters.otel.delivery.Signal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The backends that are known. {@code docs/backends} says where each fact is from. */
public final class Backends {

  private static final Signal[] ALL = Signal.values();

  private static final String CUMULATIVE = "cumulative";
  private static final String DELTA = "delta";

  private static final Map<String, Backend> BY_NAME =
      byName(
          backend("collector").local(4318, 4317).http(ALL).grpc(ALL),
          backend("jaeger").local(4318, 4317).http(TRACES).grpc(TRACES),
          backend("tempo").local(4318, 4317).http(TRACES).grpc(TRACES),
          backend("phoenix")
              .local(6006, 4317)
              .http(TRACES)
              .grpc(TRACES)
              .headerAt(".arize.com", "Authorization", "Bearer ${env:PHOENIX_API_KEY}")
              .type("openinference")
              .project("openinference.project.name"),
          backend("mlflow")
              .local(5000, 0)
              .http(TRACES)
              .header("x-mlflow-experiment-id", "${env:MLFLOW_EXPERIMENT_ID}")
              .compat("mlflow"),
          backend("langfuse")
              .at("https://cloud.langfuse.com")
              .site("https://{site}.cloud.langfuse.com")
              .under("/api/public/otel")
              .http(TRACES)
              .header("Authorization", "Basic ${env:LANGFUSE_AUTH}")
              .constant("x-langfuse-ingestion-version", "4")
              .gzip()
              .compat("langfuse"),
          backend("prometheus-otlp")
              .local(9090, 0)
              .under("/api/v1/otlp")
              .http(METRICS)
              .requires(CUMULATIVE),
          backend("dynatrace")
              .site("https://{site}.live.dynatrace.com")
              .under("/api/v2/otlp")
              .http(ALL)
              .requires(DELTA)
              .header("Authorization", "Api-Token ${env:DT_API_TOKEN}")
              .gzip(),
          backend("grafana-cloud")
              .site("https://otlp-gateway-{site}.grafana.net")
              .under("/otlp")
              .http(ALL)
              .wants(CUMULATIVE)
              .header("Authorization", "Basic ${env:GRAFANA_CLOUD_AUTH}")
              .gzip(),
          backend("honeycomb")
              .at("https://api.honeycomb.io")
              .site("https://api.{site}.honeycomb.io")
              .http(ALL)
              .grpc(ALL)
              .header("x-honeycomb-team", "${env:HONEYCOMB_API_KEY}")
              .advises(METRICS, "x-honeycomb-dataset", "agents")
              .gzip(),
          backend("newrelic")
              .at("https://otlp.nr-data.net")
              .site("https://otlp.{site}.nr-data.net")
              .http(ALL)
              .grpc(ALL)
              .wants(DELTA)
              .header("api-key", "${env:NEW_RELIC_LICENSE_KEY}")
              .gzip()
              .most(900_000),
          backend("datadog")
              .at("https://otlp.datadoghq.com")
              .site("https://otlp.{site}")
              .http(ALL)
              .requires(DELTA)
              .header("dd-api-key", "${env:DD_API_KEY}")
              .gzip(),
          backend("datadog-agent").local(4318, 4317).http(ALL).grpc(ALL).wants(DELTA),
          backend("signoz")
              .local(4318, 4317)
              .site("https://ingest.{site}.signoz.cloud:443")
              .http(ALL)
              .grpc(ALL)
              .headerAt(".signoz.cloud", "signoz-ingestion-key", "${env:SIGNOZ_INGESTION_KEY}"),
          backend("splunk")
              .site("https://ingest.{site}.signalfx.com:443")
              .http(TRACES, "/v2/trace/otlp")
              .http(METRICS, "/v2/datapoint/otlp")
              .grpc(TRACES)
              .wants(DELTA)
              .header("X-SF-Token", "${env:SPLUNK_ACCESS_TOKEN}")
              .gzip(),
          backend("elastic")
              .http(ALL)
              .grpc(ALL)
              .wants(DELTA)
              .header("Authorization", "ApiKey ${env:ELASTIC_API_KEY}")
              .gzip());

  private Backends() {}

  /** The backend of a name, or null. */
  public static @Nullable Backend named(@Nullable String name) {
    return name == null ? null : BY_NAME.get(name);
  }

  /** The names there are. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  private static BackendBuilder backend(String name) {
    return new BackendBuilder(name);
  }

  private static Map<String, Backend> byName(BackendBuilder... lines) {
    Map<String, Backend> backends = new LinkedHashMap<>();
    for (BackendBuilder line : lines) {
      Backend backend = line.build();
      backends.put(backend.name(), backend);
    }
    return Collections.unmodifiableMap(backends);
  }
}
