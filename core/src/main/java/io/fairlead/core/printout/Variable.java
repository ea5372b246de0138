package io.fairlead.core.printout;

import io.fairlead.spi.config.ConfigSpec;
import java.util.List;
import java.util.Set;

/**
 * A field of {@code opentelemetry} that the environment sets when the document does not.
 *
 * @param places where it belongs
 * @param field the field
 * @param names the variables, the strongest first
 */
record Variable(Set<Place> places, String field, List<String> names) {

  /** The tables that variables may fill in, told by the fields they have. */
  enum Place {
    /** The sections of generations 1 and 2. */
    FLAT(List.of("instrumentation_scope", "enabled"), List.of("type")),
    /** Endpoints and files of spans. */
    SPANS(List.of("instrumentation_scope", "type"), List.of()),
    LOGS(List.of("minimum_severity"), List.of()),
    LOGS_ENDPOINT(List.of("instrumentation_scope", "content"), List.of("type", "enabled")),
    METRICS_ENDPOINT(List.of("instrumentation_scope", "temporality"), List.of("type", "enabled"));

    private final List<String> has;
    private final List<String> lacks;

    Place(List<String> has, List<String> lacks) {
      this.has = has;
      this.lacks = lacks;
    }

    private boolean is(ConfigSpec spec) {
      return has.stream().allMatch(name -> spec.field(name) != null)
          && lacks.stream().allMatch(name -> spec.field(name) == null);
    }
  }

  /** Headers of the environment are for an endpoint that is alone and has none in any table. */
  static final String HEADERS = "headers";

  private static final Set<Place> TYPED =
      Set.of(Place.SPANS, Place.LOGS_ENDPOINT, Place.METRICS_ENDPOINT);
  private static final Set<Place> EVERYWHERE =
      Set.of(Place.FLAT, Place.SPANS, Place.LOGS_ENDPOINT, Place.METRICS_ENDPOINT);

  /** The fields; the exporter reads the same variables. */
  static final List<Variable> ALL =
      List.of(
          new Variable(TYPED, "service_name", List.of("OTEL_SERVICE_NAME")),
          number(Place.SPANS, "max_export_batch_size", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE"),
          number(Place.SPANS, "scheduled_delay_millis", "OTEL_BSP_SCHEDULE_DELAY"),
          number(Place.LOGS, "max_export_batch_size", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE"),
          number(Place.LOGS, "scheduled_delay_millis", "OTEL_BLRP_SCHEDULE_DELAY"),
          new Variable(EVERYWHERE, "resource_attributes", List.of("OTEL_RESOURCE_ATTRIBUTES")),
          headers(Set.of(Place.FLAT, Place.SPANS), "TRACES"),
          headers(Set.of(Place.LOGS_ENDPOINT), "LOGS"),
          headers(Set.of(Place.METRICS_ENDPOINT), "METRICS"),
          new Variable(
              Set.of(Place.FLAT),
              "endpoint",
              List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")));

  private static Variable number(Place place, String field, String name) {
    return new Variable(Set.of(place), field, List.of(name));
  }

  private static Variable headers(Set<Place> places, String signal) {
    return new Variable(
        places,
        HEADERS,
        List.of("OTEL_EXPORTER_OTLP_" + signal + "_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"));
  }

  boolean belongsTo(ConfigSpec spec) {
    return spec.field(field) != null && places.stream().anyMatch(place -> place.is(spec));
  }
}
