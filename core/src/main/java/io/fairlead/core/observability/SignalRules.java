package io.fairlead.core.observability;

import io.fairlead.core.config.WhiteSpace;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code opentelemetry.logs} and {@code opentelemetry.metrics}. */
final class SignalRules {

  /** One endpoint cannot be used and is skipped; the others go on. */
  static final String SKIPPED_ENDPOINT = "observability.invalid_otel_endpoint";

  private static final List<String> SEVERITIES =
      List.of("trace", "debug", "info", "warn", "warning", "error");
  private static final List<String> TEMPORALITIES =
      List.of("cumulative", "delta", "low_memory", "lowmemory");
  private static final List<String> SIGNALS = List.of("traces", "logs", "metrics");

  private final String signal;

  private SignalRules(String signal) {
    this.signal = signal;
  }

  /** Checks both signals of the section. */
  static void check(Section section, List<Section> traces) {
    Section logs = section.inner("logs");
    if (logs != null) {
      new SignalRules("logs").logs(own(logs, "logs"), traces);
    }
    Section metrics = section.inner("metrics");
    if (metrics != null) {
      new SignalRules("metrics").metrics(own(metrics, "metrics"), traces);
    }
  }

  /** The name findings about a signal carry. */
  static String component(String signal) {
    return OpenTelemetryRules.SECTION + "." + signal;
  }

  private static Section own(Section section, String signal) {
    return section.about(component(signal), "");
  }

  private void logs(Section logs, List<Section> traces) {
    logs.oneOfInAnyCase(
        "minimum_severity",
        SEVERITIES,
        label("minimum_severity") + " must be trace, debug, info, warn, warning, or error");
    long queue = logs.number("max_queue_size", 2048);
    long batch = logs.number("max_export_batch_size", 512);
    String message = " must be greater than 0, and the batch size must not exceed the queue size";
    unless(queue > 0, logs, "max_queue_size", message);
    unless(batch > 0 && batch <= queue, logs, "max_export_batch_size", message);
    unless(logs.number("scheduled_delay_millis", 1) > 0, logs, "scheduled_delay_millis", message);
    endpoints(logs, traces);
  }

  private void metrics(Section metrics, List<Section> traces) {
    metrics.oneOfInAnyCase(
        "temporality",
        TEMPORALITIES,
        label("temporality") + " must be cumulative, delta, or low_memory");
    for (String field : List.of("export_interval_millis", "max_instruments", "cardinality_limit")) {
      unless(metrics.number(field, 1) > 0, metrics, field, " must be greater than 0");
    }
    endpoints(metrics, traces);
  }

  private void unless(boolean holds, Section section, String field, String message) {
    // A negative number has been reported as a fault of type.
    if (!holds && section.number(field, 1) >= 0) {
      section.unsupported(field, label(field) + message);
    }
  }

  private void endpoints(Section section, List<Section> traces) {
    List<Section> explicit = section.elements("endpoints");
    explicit.forEach(this::endpoint);
    boolean derived = !section.has("endpoints");
    if (!section.enabled() && explicit.isEmpty()) {
      return;
    }
    String fault = derived ? derivedFault(traces) : explicitFault(explicit);
    if (fault != null) {
      section.unsupported("endpoints", label("endpoints") + " invalid config: " + fault);
    } else if (derived) {
      traces.forEach(trace -> skipped(section, trace, underivable(trace)));
    }
  }

  private @Nullable String explicitFault(List<Section> explicit) {
    if (explicit.isEmpty()) {
      return "enabled OpenTelemetry " + signal + " section requires at least one explicit endpoint";
    }
    for (Section endpoint : explicit) {
      String fault = misdirected(endpoint);
      if (fault != null) {
        return fault;
      }
    }
    return shared(explicit);
  }

  private @Nullable String derivedFault(List<Section> traces) {
    if (traces.isEmpty()) {
      return "enabled OpenTelemetry "
          + signal
          + " section has no explicit or derivable trace endpoints";
    }
    List<Section> derivable = new ArrayList<>(traces);
    derivable.removeIf(
        trace -> trace.has(OpenTelemetryRules.BACKEND) || underivable(trace) != null);
    return shared(derivable);
  }

  /** The same signal twice at one place would be counted twice. */
  private @Nullable String shared(List<Section> endpoints) {
    Map<String, Section> places = new HashMap<>();
    for (Section endpoint : endpoints) {
      String url = endpoint.text("endpoint");
      String transport = OpenTelemetryRules.transport(endpoint);
      if (url == null) {
        continue;
      }
      String place = Urls.destination(url, transport.equals("http_binary"), "/v1/" + signal);
      Section other = places.putIfAbsent(transport + " " + place, endpoint);
      if (other != null) {
        return label(other.path())
            + " and "
            + signal
            + "."
            + endpoint.path()
            + " use the same "
            + transport
            + " destination \""
            + place
            + "\"";
      }
    }
    return null;
  }

  private void endpoint(Section endpoint) {
    endpoint.notBlank("endpoint", label(endpoint.field("endpoint")) + " must be a nonblank string");
    endpoint.oneOf(
        "transport",
        OpenTelemetryRules.TRANSPORTS,
        label(endpoint.field("transport")) + " must be 'http_binary' or 'grpc'");
    String prefixes = "promote_resource_metadata_prefixes";
    String fault = PrefixRules.fault(endpoint.texts(prefixes));
    if (fault != null) {
      endpoint.unsupported(prefixes, label(endpoint.field(prefixes)) + " " + fault);
    }
    new HeaderRules("OpenTelemetry " + signal, OpenTelemetryRules.SECTION, true).check(endpoint);
  }

  private static void skipped(Section section, Section endpoint, @Nullable String reason) {
    if (reason != null) {
      section
          .reporter()
          .report(
              Level.WARNING,
              SKIPPED_ENDPOINT,
              endpoint.path(),
              endpoint.table().position(),
              "invalid config: " + reason,
              "the endpoint is skipped");
    }
  }

  private @Nullable String underivable(Section trace) {
    String transport = OpenTelemetryRules.transport(trace);
    String endpoint = trace.text("endpoint");
    if (!OpenTelemetryRules.TRANSPORTS.contains(transport)) {
      return "OpenTelemetry traces."
          + trace.field("transport")
          + " must be 'http_binary' or 'grpc', got \""
          + transport
          + "\"";
    }
    if (endpoint == null || transport.equals("grpc") || trace.has(OpenTelemetryRules.BACKEND)) {
      return null;
    }
    WebUrl url = Urls.parse(endpoint, Urls.HTTP);
    if (url == null) {
      return "OpenTelemetry "
          + trace.path()
          + " cannot derive "
          + signal
          + " endpoint from what is no HTTP URL";
    }
    return Urls.isDerivable(url)
        ? null
        : "OpenTelemetry "
            + trace.path()
            + " path \""
            + url.path()
            + "\" cannot derive /v1/"
            + signal
            + "; configure opentelemetry."
            + signal
            + ".endpoints explicitly";
  }

  private @Nullable String misdirected(Section endpoint) {
    String url = endpoint.text("endpoint");
    String transport = OpenTelemetryRules.transport(endpoint);
    if (url == null) {
      return null;
    }
    if (WhiteSpace.isBlank(url)) {
      return label(endpoint.field("endpoint")) + " must be nonblank";
    }
    WebUrl parsed = transport.equals("http_binary") ? Urls.parse(url, Urls.ANY) : null;
    String path = parsed == null ? "" : parsed.path();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    for (String other : SIGNALS) {
      if (!other.equals(signal) && path.endsWith("/v1/" + other)) {
        return label(endpoint.path())
            + " ends in /v1/"
            + other
            + "; configure a "
            + signal
            + " endpoint or a bare authority";
      }
    }
    return OpenTelemetryRules.TRANSPORTS.contains(transport)
        ? null
        : label(endpoint.field("transport"))
            + " must be 'http_binary' or 'grpc', got \""
            + transport
            + "\"";
  }

  private String label(String field) {
    return "OpenTelemetry " + signal + "." + field;
  }
}
