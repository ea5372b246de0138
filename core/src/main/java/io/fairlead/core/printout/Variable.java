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

  /** The fields; the exporter reads the same variables. */
  static final List<Variable> ALL =
      List.of(
          new Variable(false, "service_name", List.of("OTEL_SERVICE_NAME")),
          new Variable(false, "max_export_batch_size", List.of("OTEL_BSP_MAX_EXPORT_BATCH_SIZE")),
          new Variable(false, "scheduled_delay_millis", List.of("OTEL_BSP_SCHEDULE_DELAY")),
          new Variable(
              true,
              "endpoint",
              List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")));
}
