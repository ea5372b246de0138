package io.fairlead.core.observability;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where an OpenTelemetry SDK delivers to when nobody says so: {@code
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT} as it is, {@code OTEL_EXPORTER_OTLP_ENDPOINT} with the
 * signal's path over HTTP, else the collector of this machine.
 */
final class SdkDefaults {

  private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final String ALL = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_PATH = "v1/traces";

  private SdkDefaults() {}

  /** The address as a text for the document: variables stay references until they are used. */
  static String tracesAddress(boolean grpc, Function<String, @Nullable String> environment) {
    String traces = environment.apply(TRACES);
    if (traces != null && !traces.isBlank()) {
      return "${env:" + TRACES + "}";
    }
    String all = environment.apply(ALL);
    if (all != null && !all.isBlank()) {
      String reference = "${env:" + ALL + "}";
      return grpc ? reference : reference + (all.endsWith("/") ? "" : "/") + TRACES_PATH;
    }
    return grpc ? "http://localhost:4317" : "http://localhost:4318/" + TRACES_PATH;
  }
}
