package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.backend.Backend;
import io.fairlead.exporters.otel.http.ConfiguredHeaders;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Secret;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads an endpoint of the document: what it says, then what {@code OTEL_*} variables say, then
 * defaults. Header variables apply to a lone endpoint without headers of its own: with several
 * endpoints it could not be told which of them the secret is meant for.
 */
final class EndpointReader {

  private static final Map<String, String> PATHS =
      Map.of("METRICS", Endpoints.METRICS_PATH, "LOGS", Endpoints.LOGS_PATH);

  private final ComponentContext context;

  EndpointReader(ComponentContext context) {
    this.context = context;
  }

  /** Reads an endpoint of traces, with what its backend fills in. */
  OpenTelemetryConfig traces(ConfigView view, boolean alone) throws IOException {
    OpenTelemetryConfig config = destination(view, "TRACES", alone);
    spans(config, view);
    return config;
  }

  private void spans(OpenTelemetryConfig config, ConfigView view) {
    config.projection(view.string("type")).semconv(view.string("semconv"));
    view.strings("compat").forEach(config::compat);
    config.content(view.bool("content"));
    if (view.string("mark_projection").equals("tool")) {
      config.marksAsTools(Set.copyOf(view.strings("mark_exclude_names")));
    }
    for (ConfigView mapping : view.tables("attribute_mappings")) {
      config.alias(mapping.string("key"), mapping.string("alias"));
    }
    config
        .attributes(view.string("attributes"))
        .payloadsOnce(view.string("payloads").equals("once"));
    config.promote(Set.copyOf(view.strings("promote_metadata_prefixes")));
    toResource(config, view);
    batch(config, view, "OTEL_BSP_");
  }

  /** Reads how log records are sent together. */
  void logBatch(OpenTelemetryConfig config, ConfigView logs) {
    batch(config, logs, "OTEL_BLRP_");
  }

  private void batch(OpenTelemetryConfig config, ConfigView view, String variables) {
    String most = variables + "MAX_EXPORT_BATCH_SIZE";
    String delay = variables + "SCHEDULE_DELAY";
    config.batch(
        Math.toIntExact(number(view, "max_export_batch_size", most, 512)),
        Duration.ofMillis(number(view, "scheduled_delay_millis", delay, 1_000)));
  }

  private static OpenTelemetryConfig toResource(OpenTelemetryConfig config, ConfigView view) {
    return config.promoteToResource(Set.copyOf(view.strings("promote_resource_metadata_prefixes")));
  }

  OpenTelemetryConfig metrics(ConfigView view, boolean alone) throws IOException {
    return toResource(destination(view, "METRICS", alone), view);
  }

  OpenTelemetryConfig logs(ConfigView view, boolean alone) throws IOException {
    return toResource(destination(view, "LOGS", alone), view).content(view.bool("content"));
  }

  /** Spans for a file: all of a trace endpoint but where to and how. */
  OpenTelemetryConfig file(ConfigView view) {
    OpenTelemetryConfig config = OpenTelemetryConfig.httpBinary(service(view));
    identity(config, view);
    spans(config, view);
    return config;
  }

  private String service(ConfigView view) {
    return first(view.stringOrNull("service_name"), "OTEL_SERVICE_NAME", "fairlead");
  }

  private OpenTelemetryConfig destination(ConfigView view, String signal, boolean alone)
      throws IOException {
    boolean grpc = view.string("transport").equals("grpc");
    String service = service(view);
    OpenTelemetryConfig config =
        grpc ? OpenTelemetryConfig.grpc(service) : OpenTelemetryConfig.httpBinary(service);
    config.endpoint(endpoint(view, signal, grpc));
    headers(view, signal, alone).forEach(config::header);
    identity(config, view);
    Backend backend = BackendDefaults.backend(view);
    if (backend != null) {
      config.maxRequest(backend.maxRequest());
    }
    return config
        .timeout(Duration.ofMillis(view.integer("timeout_millis")))
        .gzip(view.string("compression").equals("gzip"));
  }

  private void identity(OpenTelemetryConfig config, ConfigView view) {
    pairs(context.environment("OTEL_RESOURCE_ATTRIBUTES")).forEach(config::resourceAttribute);
    config.resourceAttribute("service.name", service(view));
    config.resourceAttribute("service.namespace", view.stringOrNull("service_namespace"));
    config.resourceAttribute("service.version", view.stringOrNull("service_version"));
    Backend backend = BackendDefaults.backend(view);
    String project = backend == null ? null : backend.project();
    if (project != null && !config.resourceAttributes().containsKey(project)) {
      config.resourceAttribute(project, service(view));
    }
    view.stringMap("resource_attributes").forEach(config::resourceAttribute);
    config.instrumentationScope(view.string("instrumentation_scope"));
  }

  private String endpoint(ConfigView view, String signal, boolean grpc) {
    String path = PATHS.getOrDefault(signal, Endpoints.TRACES_PATH);
    String given = view.stringOrNull("endpoint");
    if (given != null) {
      return grpc ? given : Endpoints.withPath(given, path);
    }
    String own = context.environment("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT");
    if (own != null && !own.isBlank()) {
      return own;
    }
    String base =
        first(
            null,
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            grpc ? "http://localhost:4317" : "http://localhost:4318");
    return grpc ? base : base.replaceAll("/+$", "") + path;
  }

  private Map<String, Secret> headers(ConfigView view, String signal, boolean alone)
      throws IOException {
    Map<String, Secret> headers = ConfiguredHeaders.read(view, context);
    if (headers.isEmpty() && alone) {
      String common = context.environment("OTEL_EXPORTER_OTLP_HEADERS");
      String own = context.environment("OTEL_EXPORTER_OTLP_" + signal + "_HEADERS");
      pairs(common).forEach((name, value) -> headers.put(name, Secret.of(value)));
      pairs(own).forEach((name, value) -> headers.put(name, Secret.of(value)));
    }
    addConstants(headers, BackendDefaults.backend(view));
    return headers;
  }

  private static void addConstants(Map<String, Secret> headers, @Nullable Backend backend) {
    Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    given.addAll(headers.keySet());
    Map<String, String> constants = backend == null ? Map.of() : backend.constants();
    constants.forEach(
        (name, value) -> {
          if (!given.contains(name)) {
            headers.put(name, Secret.of(value));
          }
        });
  }

  private long number(ConfigView view, String field, String variable, long otherwise) {
    Long given = view.integerOrNull(field);
    if (given != null) {
      return given;
    }
    String text = context.environment(variable);
    try {
      long value = text == null ? otherwise : Long.parseLong(text.strip());
      return value > 0 && value <= Integer.MAX_VALUE ? value : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private String first(@Nullable String given, String variable, String otherwise) {
    if (given != null) {
      return given;
    }
    String value = context.environment(variable);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  /** {@code a=1,b=2} with percent-encoded values, as OTEL variables have it. */
  private static Map<String, String> pairs(@Nullable String list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : list == null ? new String[0] : list.split(",")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals).strip(), decode(pair.substring(equals + 1).strip()));
      }
    }
    return pairs;
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
