package io.fairlead.core.observability;

import io.fairlead.spi.diagnostic.Level;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opentelemetry.logs} and {@code opentelemetry.metrics}. */
final class SignalRules {

  /** One endpoint cannot be used and is skipped; the others go on. */
  static final String SKIPPED_ENDPOINT = "observability.invalid_otel_endpoint";

  private static final List<String> SEVERITIES =
      List.of("trace", "debug", "info", "warn", "warning", "error");
  private static final List<String> TEMPORALITIES = List.of("cumulative", "delta", "low_memory");
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
    logs.oneOf(
        "minimum_severity",
        SEVERITIES,
        label("minimum_severity") + " must be trace, debug, info, warn, warning, or error");
    long queue = logs.number("max_queue_size", 2048);
    long batch = logs.number("max_export_batch_size", 512);
    String message = " must be greater than 0, and the batch size must not exceed the queue size";
    unless(queue > 0, logs, "max_queue_size", message);
    unless(batch > 0 && batch <= queue, logs, "max_export_batch_size", message);
    unless(logs.number("scheduled_delay_millis", 1) > 0, logs, "scheduled_delay_millis", message);
    unless(
        logs.number("completed_span_context_ttl_millis", 1) > 0,
        logs,
        "completed_span_context_ttl_millis",
        " must be greater than 0");
    endpoints(logs, traces);
  }

  private void metrics(Section metrics, List<Section> traces) {
    metrics.oneOf(
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
    if (explicit.isEmpty() && section.enabled()) {
      if (section.has("endpoints")) {
        section.unsupported("endpoints", label("endpoints") + " must not be empty when enabled");
      } else if (traces.isEmpty()) {
        section.unsupported(
            "endpoints", label("endpoints") + " cannot be derived without a trace endpoint");
      }
    }
    List<Section> used = section.has("endpoints") || !section.enabled() ? List.of() : traces;
    used.forEach(trace -> skipped(section, trace.path(), trace, underivable(trace)));
    explicit.forEach(e -> skipped(section, e.path(), e, misdirected(e)));
  }

  private void endpoint(Section endpoint) {
    endpoint.notBlank("endpoint", label(endpoint.field("endpoint")) + " must be a nonblank string");
    endpoint.oneOf(
        "transport",
        OpenTelemetryRules.TRANSPORTS,
        label(endpoint.field("transport")) + " must be 'http_binary' or 'grpc'");
    new HeaderRules("OpenTelemetry " + signal, OpenTelemetryRules.SECTION, true).check(endpoint);
  }

  private static void skipped(
      Section section, String field, Section endpoint, @Nullable String reason) {
    if (reason != null) {
      section
          .reporter()
          .report(
              Level.WARNING,
              SKIPPED_ENDPOINT,
              field,
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
    if (endpoint == null || transport.equals("grpc")) {
      return null;
    }
    URI uri = Urls.parse(endpoint.strip(), Urls.HTTP);
    String cannot = "OpenTelemetry " + trace.path() + " cannot derive a " + signal + " endpoint";
    if (uri == null) {
      return cannot + " from what is no HTTP URL";
    }
    return Urls.isDerivable(uri)
        ? null
        : cannot + " from its path; configure opentelemetry." + signal + ".endpoints explicitly";
  }

  private @Nullable String misdirected(Section endpoint) {
    String url = endpoint.text("endpoint");
    String transport = OpenTelemetryRules.transport(endpoint);
    if (url == null) {
      return null;
    }
    if (url.isBlank()) {
      return label(endpoint.field("endpoint")) + " must be nonblank";
    }
    URI uri = transport.equals("http_binary") ? Urls.parse(url.strip(), Urls.HTTP) : null;
    String path = uri == null || uri.getRawPath() == null ? "" : uri.getRawPath();
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
