package io.fairlead.exporters.otel;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans, metrics and log records over OTLP and spans in files: the {@code opentelemetry} section.
 * Checking a configuration loads no class of OpenTelemetry.
 */
public final class OpenTelemetryExporterProvider implements ExporterProvider {

  private static final String COLLISION = "observability.unsafe_otel_destination_collision";
  private static final String INVALID_ENDPOINT = "observability.invalid_otel_endpoint";

  private static final String NOTHING_TO_DO =
      "enabled OpenTelemetry section requires at least one endpoint, one file sink, or an enabled"
          + " log/metric signal";

  private static final BesidesTraces METRICS =
      new BesidesTraces(Endpoints.METRICS_PATH, EndpointReader::metrics);
  private static final BesidesTraces LOGS =
      new BesidesTraces(Endpoints.LOGS_PATH, EndpointReader::logs);

  /** For the service loader. */
  public OpenTelemetryExporterProvider() {}

  @Override
  public String kind() {
    return "opentelemetry";
  }

  @Override
  public ConfigSpec configSpec() {
    return OpenTelemetryFields.spec();
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    Map<String, String> typesByPlace = new HashMap<>();
    List<ConfigView> endpoints = config.tables("endpoints");
    for (int i = 0; i < endpoints.size(); i++) {
      checkAddress(endpoints.get(i), "endpoints[" + i + "].endpoint", context);
      checkHeaders(endpoints.get(i), "endpoints[" + i + "]", context);
      checkCollision(endpoints.get(i), i, typesByPlace, context);
    }
    for (String signal : List.of("logs", "metrics")) {
      checkSignal(config.table(signal), signal, endpoints, context);
    }
    FileSinks.validate(config, context);
    if (config.bool("enabled")
        && endpoints.isEmpty()
        && !config.has("file_sinks")
        && !config.table("logs").bool("enabled")
        && !config.table("metrics").bool("enabled")) {
      context.unsupportedValue("endpoints", config.node("endpoints"), NOTHING_TO_DO, null);
    }
  }

  private static void checkSignal(
      ConfigView signal, String name, List<ConfigView> traces, ValidationContext context) {
    List<ConfigView> endpoints = signal.tables("endpoints");
    for (int i = 0; i < endpoints.size(); i++) {
      String place = name + ".endpoints[" + i + "]";
      checkAddress(endpoints.get(i), place + ".endpoint", context);
      checkHeaders(endpoints.get(i), place, context);
    }
    if (signal.bool("enabled") && !signal.has("endpoints")) {
      checkDerivable(name, traces, context);
    }
  }

  private static void checkHeaders(ConfigView endpoint, String field, ValidationContext context) {
    endpoint
        .stringMap("headers")
        .forEach(
            (name, value) -> {
              String fault = Endpoints.headerFault(name, value);
              if (fault != null) {
                ConfigNode headers = endpoint.node("headers");
                ConfigNode at = headers instanceof ConfigNode.Table t ? t.get(name) : headers;
                context.unsupportedValue(field + ".headers." + name, at, fault, null);
              }
            });
  }

  private static void checkAddress(ConfigView endpoint, String field, ValidationContext context) {
    String url = endpoint.stringOrNull("endpoint");
    String fault = url == null ? null : Endpoints.fault(url);
    if (fault != null) {
      context.unsupportedValue(
          field, endpoint.node("endpoint"), fault, "write it like http://localhost:4318/v1/traces");
    }
  }

  /** Both projections give their spans the same ids: one place must not get both. */
  private static void checkCollision(
      ConfigView endpoint, int index, Map<String, String> typesByPlace, ValidationContext context) {
    String url = endpoint.stringOrNull("endpoint");
    String type = endpoint.stringOrNull("type");
    if (url == null || type == null || Endpoints.fault(url) != null) {
      return;
    }
    boolean grpc = "grpc".equals(endpoint.stringOrNull("transport"));
    String place =
        grpc
            ? "grpc " + Endpoints.canonical(url)
            : Endpoints.canonical(Endpoints.withTracesPath(url));
    String other = typesByPlace.putIfAbsent(place, type);
    if (other != null && !other.equals(type)) {
      ConfigNode at = endpoint.node("endpoint");
      context.report(
          Level.ERROR,
          COLLISION,
          "endpoints[" + index + "]",
          at,
          "types '" + other + "' and '" + type + "' go to the same destination with the same ids",
          "send one of them elsewhere");
    }
  }

  private static void checkDerivable(
      String signal, List<ConfigView> endpoints, ValidationContext context) {
    for (int i = 0; i < endpoints.size(); i++) {
      String url = endpoints.get(i).stringOrNull("endpoint");
      boolean http = "http_binary".equals(endpoints.get(i).stringOrNull("transport"));
      if (http
          && url != null
          && Endpoints.fault(url) == null
          && Endpoints.beside(Endpoints.withTracesPath(url), "") == null) {
        context.report(
            Level.WARNING,
            INVALID_ENDPOINT,
            signal + ".endpoints",
            endpoints.get(i).node("endpoint"),
            "no address for " + signal + " can be told from endpoints[" + i + "]; it gets none",
            "name it under " + signal + ".endpoints");
      }
    }
  }

  @Override
  public List<Subscriber> create(ComponentContext context) throws Exception {
    EndpointReader reader = new EndpointReader(context);
    ConfigView config = context.config();
    List<ConfigView> endpoints = config.tables("endpoints");
    List<OpenTelemetryConfig> traces = new ArrayList<>();
    for (ConfigView endpoint : endpoints) {
      traces.add(reader.traces(endpoint, endpoints.size() == 1));
    }
    List<Subscriber> subscribers = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      subscribers.add(
          Subscribers.spans(
              "traces[" + i + "]", traces.get(i), context.clock(), context.diagnostics()));
    }
    ConfigView metrics = config.table("metrics");
    if (metrics.bool("enabled")) {
      addMetrics(subscribers, context, metrics, targets(METRICS, reader, metrics, endpoints));
    }
    ConfigView logs = config.table("logs");
    if (logs.bool("enabled")) {
      addLogs(subscribers, context, logs, targets(LOGS, reader, logs, endpoints));
    }
    subscribers.addAll(FileSinks.create(context, reader));
    return subscribers;
  }

  /** What is sent besides spans: where to, and how an endpoint of its own is read. */
  private record BesidesTraces(String path, EndpointOf reader) {}

  private interface EndpointOf {
    OpenTelemetryConfig read(EndpointReader reader, ConfigView endpoint, boolean alone)
        throws IOException;
  }

  private static List<OpenTelemetryConfig> targets(
      BesidesTraces signal,
      EndpointReader reader,
      ConfigView section,
      List<ConfigView> traceEndpoints)
      throws IOException {
    List<OpenTelemetryConfig> targets = new ArrayList<>();
    if (section.has("endpoints")) {
      List<ConfigView> own = section.tables("endpoints");
      for (ConfigView endpoint : own) {
        targets.add(signal.reader().read(reader, endpoint, own.size() == 1));
      }
      return targets;
    }
    for (ConfigView endpoint : traceEndpoints) {
      OpenTelemetryConfig beside = reader.traces(endpoint, traceEndpoints.size() == 1);
      String address = address(beside, signal.path());
      if (address != null) {
        targets.add(beside.endpoint(address));
      }
    }
    return targets;
  }

  private static @Nullable String address(OpenTelemetryConfig traces, String path) {
    return traces.transport() == OpenTelemetryConfig.Transport.GRPC
        ? traces.endpoint()
        : Endpoints.beside(traces.endpoint(), path);
  }

  private static void addLogs(
      List<Subscriber> subscribers,
      ComponentContext context,
      ConfigView logs,
      List<OpenTelemetryConfig> targets) {
    boolean alone = !context.config().table("metrics").bool("enabled");
    for (int i = 0; i < targets.size(); i++) {
      OpenTelemetryConfig target =
          targets
              .get(i)
              .batch(
                  Math.toIntExact(logs.integer("max_export_batch_size")),
                  Duration.ofMillis(logs.integer("scheduled_delay_millis")));
      subscribers.add(
          Subscribers.logs(
              "logs[" + i + "]",
              target,
              new Subscribers.LogsPlan(logs.string("minimum_severity"), alone && i == 0),
              context));
    }
  }

  private static void addMetrics(
      List<Subscriber> subscribers,
      ComponentContext context,
      ConfigView metrics,
      List<OpenTelemetryConfig> targets) {
    Subscribers.MetricsPlan plan =
        new Subscribers.MetricsPlan(
            Duration.ofMillis(metrics.integer("export_interval_millis")),
            metrics.string("temporality"),
            Math.toIntExact(metrics.integer("max_instruments")),
            Math.toIntExact(metrics.integer("cardinality_limit")));
    for (int i = 0; i < targets.size(); i++) {
      OpenTelemetryConfig target = targets.get(i).semconv(metrics.string("semconv"));
      subscribers.add(Subscribers.metrics("metrics[" + i + "]", target, plan, context));
    }
  }
}
