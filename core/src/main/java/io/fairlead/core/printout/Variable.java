package io.fairlead.core.printout;

import java.util.List;

/**
 * A field of {@code opentelemetry} that the environment sets when the document does not.
 *
 * @param flat whether it belongs to the flat sections of generations 1 and 2, else to endpoints
 * @param field the field
 * @param names the variables, the strongest first
 */
record Variable(boolean flat, String field, List<String> names) {

  /** Headers of the environment are for an endpoint that is alone and has none in any table. */
  static final String HEADERS = "headers";

  private static final String RESOURCE = "resource_attributes";

  private static final List<String> HEADER_VARIABLES =
      List.of("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS");

  /** The fields; the exporter reads the same variables. */
  static final List<Variable> ALL =
      List.of(
          new Variable(false, "service_name", List.of("OTEL_SERVICE_NAME")),
          new Variable(false, "max_export_batch_size", List.of("OTEL_BSP_MAX_EXPORT_BATCH_SIZE")),
          new Variable(false, "scheduled_delay_millis", List.of("OTEL_BSP_SCHEDULE_DELAY")),
          new Variable(false, RESOURCE, List.of("OTEL_RESOURCE_ATTRIBUTES")),
          new Variable(true, RESOURCE, List.of("OTEL_RESOURCE_ATTRIBUTES")),
          new Variable(false, HEADERS, HEADER_VARIABLES),
          new Variable(true, HEADERS, HEADER_VARIABLES),
          new Variable(
              true,
              "endpoint",
              List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")));
}
