package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.delivery.Signal;
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
import java.util.Set;
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

  private static final String REQUIRED = "observability.invalid_plugin_config";

  private static final BesidesTraces METRICS =
      new BesidesTraces("metrics", Signal.METRICS, EndpointReader::metrics);
  private static final BesidesTraces LOGS =
      new BesidesTraces("logs", Signal.LOGS, EndpointReader::logs);

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
    List<ConfigView> filled = BackendDefaults.fill(endpoints, Signal.TRACES);
    for (int i = 0; i < endpoints.size(); i++) {
      checkType(filled.get(i), "endpoints[" + i + "].type", context);
      checkAddress(endpoints.get(i), "endpoints[" + i + "].endpoint", context);
      checkHeaders(endpoints.get(i), "endpoints[" + i + "]", context);
      checkCollision(filled.get(i), i, typesByPlace, context);
    }
    new BackendChecks(context).endpoints(endpoints, "endpoints", Signal.TRACES);
    for (BesidesTraces signal : List.of(LOGS, METRICS)) {
      checkSignal(config.table(signal.name()), signal, endpoints, context);
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
      ConfigView section,
      BesidesTraces signal,
      List<ConfigView> traces,
      ValidationContext context) {
    String name = signal.name();
    BackendChecks backends = new BackendChecks(context);
    List<ConfigView> endpoints = section.tables("endpoints");
    for (int i = 0; i < endpoints.size(); i++) {
      String place = name + ".endpoints[" + i + "]";
      checkAddress(endpoints.get(i), place + ".endpoint", context);
      checkHeaders(endpoints.get(i), place, context);
    }
    backends.endpoints(endpoints, name + ".endpoints", signal.signal());
    if (section.bool("enabled")) {
      boolean derived = !section.has("endpoints");
      backends.signal(section, name, signal.signal(), derived ? traces : endpoints);
      if (derived) {
        checkDerivable(name, traces, context);
      }
    }
  }

  /** Only a backend tells which projection is meant. */
  private static void checkType(ConfigView endpoint, String field, ValidationContext context) {
    if (!endpoint.has("type")) {
      context.report(
          Level.ERROR,
          REQUIRED,
          field,
          endpoint.table(),
          "field '" + field + "' is required",
          "full, gen_ai or openinference; or name a backend");
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
          && BackendDefaults.backend(endpoints.get(i)) == null
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
      ConfigView filled = BackendDefaults.fill(endpoint, Signal.TRACES);
      traces.add(reader.traces(filled, endpoints.size() == 1));
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

  /**
   * What is sent besides spans.
   *
   * @param name of its table
   * @param reader how an endpoint of its own is read
   */
  private record BesidesTraces(String name, Signal signal, EndpointOf reader) {}

  private interface EndpointOf {
    OpenTelemetryConfig read(EndpointReader reader, ConfigView endpoint, boolean alone)
        throws IOException;
  }

  /**
   * Where a signal goes.
   *
   * @param endpoint as the document has it
   */
  private record Target(ConfigView endpoint, OpenTelemetryConfig config) {}

  private static List<Target> targets(
      BesidesTraces signal,
      EndpointReader reader,
      ConfigView section,
      List<ConfigView> traceEndpoints)
      throws IOException {
    boolean derived = !section.has("endpoints");
    List<ConfigView> endpoints = derived ? traceEndpoints : section.tables("endpoints");
    boolean alone = endpoints.size() == 1;
    List<Target> targets = new ArrayList<>();
    for (ConfigView endpoint : endpoints) {
      if (derived && BackendDefaults.backend(endpoint) == null) {
        OpenTelemetryConfig beside = reader.traces(endpoint, alone);
        String address = address(beside, signal.signal().httpPath());
        if (address != null) {
          targets.add(new Target(endpoint, beside.endpoint(address).promoteToResource(Set.of())));
        }
      } else if (!derived || BackendDefaults.takes(endpoint, signal.signal())) {
        ConfigView filled = BackendDefaults.fill(endpoint, signal.signal());
        OpenTelemetryConfig read = signal.reader().read(reader, filled, alone);
        // What is promoted is said per signal: each resource of metrics has series of its own.
        targets.add(new Target(endpoint, derived ? read.promoteToResource(Set.of()) : read));
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
      List<Target> targets) {
    boolean alone = !context.config().table("metrics").bool("enabled");
    EndpointReader reader = new EndpointReader(context);
    for (int i = 0; i < targets.size(); i++) {
      OpenTelemetryConfig target = targets.get(i).config();
      reader.logBatch(target, logs);
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
      List<Target> targets) {
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      Subscribers.MetricsPlan plan =
          new Subscribers.MetricsPlan(
              Duration.ofMillis(metrics.integer("export_interval_millis")),
              BackendDefaults.temporality(metrics, target.endpoint()),
              Math.toIntExact(metrics.integer("max_instruments")),
              Math.toIntExact(metrics.integer("cardinality_limit")));
      subscribers.add(
          Subscribers.metrics(
              "metrics[" + i + "]",
              target.config().semconv(metrics.string("semconv")),
              plan,
              context));
    }
  }
}
