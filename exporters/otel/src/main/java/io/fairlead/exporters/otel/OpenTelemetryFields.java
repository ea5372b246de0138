package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.backend.Backends;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.ArrayList;
import java.util.List;

/** The fields of the {@code opentelemetry} section, generation 4. */
final class OpenTelemetryFields {

  private static final long MAX_MILLIS = 3_600_000;

  private static final ConfigSpec MAPPING =
      ConfigSpec.of(
          FieldSpec.string("key", "The attribute to copy.").asRequired(),
          FieldSpec.string("alias", "The name of the copy.").asRequired());

  private OpenTelemetryFields() {}

  static ConfigSpec spec() {
    return ConfigSpec.of(
        FieldSpec.bool("enabled", "Whether the section is active.").withDefault(false),
        FieldSpec.tables("endpoints", "Where spans are delivered to.", traces()),
        FieldSpec.table("metrics", "Metrics over OTLP.", metrics()),
        FieldSpec.table("logs", "Marks as log records over OTLP.", logs()),
        FieldSpec.tables("file_sinks", "Files that spans are written to as OTLP.", fileSink()));
  }

  private static ConfigSpec traces() {
    List<FieldSpec> fields = new ArrayList<>();
    fields.add(
        FieldSpec.string("type", "What is shown of an event; needed where no backend is named.")
            .withAllowed("full", "gen_ai", "openinference"));
    fields.addAll(destination());
    fields.addAll(projection());
    return ConfigSpec.of(fields);
  }

  private static List<FieldSpec> projection() {
    List<FieldSpec> fields = new ArrayList<>();
    fields.add(
        FieldSpec.string("semconv", "Version of the GenAI conventions.")
            .withAllowed("practice", "1.36", "1.41", "main")
            .withDefault("practice"));
    fields.add(
        FieldSpec.of("compat", FieldType.STRING_LIST, "Older or foreign names to write as well.")
            .withAllowed(
                "gen_ai.system",
                "gen_ai.usage.cache_creation.input_tokens",
                "gen_ai.usage.prompt_tokens",
                "gen_ai.usage.completion_tokens",
                "langfuse",
                "mlflow"));
    fields.add(
        FieldSpec.integer(
                "max_queue_size", "Read for compatibility; no effect: the log has its own bound.")
            .withRange(0, Integer.MAX_VALUE));
    fields.add(
        FieldSpec.integer("max_export_batch_size", "Most events per request.")
            .withRange(1, 65_536));
    fields.add(
        FieldSpec.integer("scheduled_delay_millis", "How long to wait for a request to fill.")
            .withRange(0, MAX_MILLIS));
    fields.add(FieldSpec.bool("content", "Whether captured payloads are shown.").withDefault(true));
    fields.add(
        FieldSpec.string(
                "attributes",
                "How payloads and metadata become attributes; json gives the attributes of Relay"
                    + " 0.5, as configurations of generation 1 do.")
            .withAllowed("flattened", "json")
            .withDefault("flattened"));
    fields.add(
        FieldSpec.string(
                "payloads",
                "Whether a payload is shown under both of Relay's names (start.data and"
                    + " start.input, end.data and end.output) or once, as input and output.")
            .withAllowed("both", "once")
            .withDefault("both"));
    fields.add(
        FieldSpec.string(
                "mark_projection",
                "How marks are shown: as events of their scope's span, or with tool each as a span"
                    + " of its own. gen_ai shows none.")
            .withAllowed("inherit", "event", "tool")
            .withDefault("inherit"));
    fields.add(
        FieldSpec.of(
                "mark_exclude_names",
                FieldType.STRING_LIST,
                "Marks that mark_projection = tool leaves as events.")
            .withDefault(List.of("llm.chunk")));
    fields.add(
        FieldSpec.tables("attribute_mappings", "Attributes written under a second name.", MAPPING));
    fields.add(
        FieldSpec.of(
            "promote_metadata_prefixes",
            FieldType.STRING_LIST,
            "Metadata whose keys begin so become attributes of spans and of span events."));
    fields.add(toResource("the resource of the trace's spans."));
    fields.add(
        FieldSpec.integer(
                "completed_span_context_ttl_millis",
                "Read for compatibility; no effect: a span's trace and parent are told from its"
                    + " event, however late it comes.")
            .withRange(0, Long.MAX_VALUE));
    return fields;
  }

  private static List<FieldSpec> identity() {
    return List.of(
        FieldSpec.of("resource_attributes", FieldType.STRING_MAP, "Attributes of the resource."),
        FieldSpec.string("service_name", "Resource attribute service.name, else fairlead."),
        FieldSpec.string("service_namespace", "Resource attribute service.namespace."),
        FieldSpec.string("service_version", "Resource attribute service.version."),
        FieldSpec.string("instrumentation_scope", "Instrumentation scope.")
            .withDefault("opentelemetry"));
  }

  private static List<FieldSpec> destination() {
    List<FieldSpec> fields = new ArrayList<>(transport());
    fields.addAll(identity());
    return fields;
  }

  private static List<FieldSpec> transport() {
    return List.of(
        FieldSpec.string(
                "backend",
                "What receives; fills in what the endpoint leaves out and checks what it says. See"
                    + " docs/backends.")
            .withAllowed(Backends.names().toArray(String[]::new)),
        FieldSpec.string(
            "site",
            "The region, realm or environment in the address of the backend that is named."),
        FieldSpec.string(
            "endpoint",
            "URL of the receiver; without it that of the backend, then"
                + " OTEL_EXPORTER_OTLP_*ENDPOINT, then localhost. Where a backend is named it is a"
                + " base URL, to which the path of the signal is added."),
        FieldSpec.string("transport", "How requests travel.")
            .withAllowed("http_binary", "grpc")
            .withDefault("http_binary"),
        FieldSpec.of("headers", FieldType.STRING_MAP, "Headers of every request.").asSecret(),
        FieldSpec.of(
            "header_env", FieldType.STRING_MAP, "Headers whose values are in these variables."),
        FieldSpec.of(
            "header_file", FieldType.STRING_MAP, "Headers whose values are in these files."),
        FieldSpec.integer("timeout_millis", "For one request, in milliseconds.")
            .withRange(1, MAX_MILLIS)
            .withDefault(3_000L),
        FieldSpec.string("compression", "Compression of requests.")
            .withAllowed("none", "gzip")
            .withDefault("none"));
  }

  private static FieldSpec toResource(String where) {
    return FieldSpec.of(
        "promote_resource_metadata_prefixes",
        FieldType.STRING_LIST,
        "Metadata of a trace's root whose keys begin so become attributes of " + where);
  }

  private static FieldSpec temporality(String doc) {
    return FieldSpec.string("temporality", doc).withAllowed("cumulative", "delta", "low_memory");
  }

  private static ConfigSpec metrics() {
    List<FieldSpec> endpoint = new ArrayList<>(destination());
    endpoint.add(temporality("Whether values count from the beginning, for this endpoint alone."));
    endpoint.add(
        toResource(
            "the resource of the trace's metrics. Each resource has series and limits of its own;"
                + " after 16 of them the configured one takes the rest."));
    return ConfigSpec.of(
        FieldSpec.bool("enabled", "Whether metrics are pushed.").withDefault(false),
        FieldSpec.tables(
            "endpoints",
            "Where to; without it the addresses of the trace endpoints with /v1/metrics.",
            ConfigSpec.of(endpoint)),
        FieldSpec.integer("export_interval_millis", "Pause between two pushes.")
            .withRange(1, MAX_MILLIS)
            .withDefault(60_000L),
        temporality(
                "Whether values count from the beginning; without it each endpoint gets what its"
                    + " backend wants.")
            .withDefault("cumulative"),
        FieldSpec.string("semconv", "Version of the GenAI conventions.")
            .withAllowed("practice", "1.36", "1.41", "main")
            .withDefault("practice"),
        FieldSpec.integer("max_instruments", "Most metrics that marks may name.")
            .withRange(1, 100_000)
            .withDefault(256L),
        FieldSpec.integer("cardinality_limit", "Most series per instrument.")
            .withRange(2, 1_000_000)
            .withDefault(2_000L));
  }

  private static ConfigSpec logs() {
    List<FieldSpec> endpoint = new ArrayList<>(destination());
    endpoint.add(
        FieldSpec.bool("content", "Whether a mark's payload becomes the body.").withDefault(true));
    endpoint.add(toResource("the resource of the trace's log records."));
    return ConfigSpec.of(
        FieldSpec.bool("enabled", "Whether marks are sent as log records.").withDefault(false),
        FieldSpec.tables(
            "endpoints",
            "Where to; without it the addresses of the trace endpoints with /v1/logs.",
            ConfigSpec.of(endpoint)),
        FieldSpec.string("minimum_severity", "Least severity that is sent.")
            .withAllowed("trace", "debug", "info", "warn", "warning", "error")
            .withDefault("info"),
        FieldSpec.integer(
                "max_queue_size", "Read for compatibility; no effect: the log has its own bound.")
            .withRange(1, Integer.MAX_VALUE)
            .withDefault(2_048L),
        FieldSpec.integer(
                "max_export_batch_size",
                "Most events per request; else OTEL_BLRP_MAX_EXPORT_BATCH_SIZE, else 512.")
            .withRange(1, 65_536),
        FieldSpec.integer(
                "scheduled_delay_millis",
                "How long to wait for a request to fill; else OTEL_BLRP_SCHEDULE_DELAY, else 1000.")
            .withRange(1, MAX_MILLIS),
        FieldSpec.integer("completed_span_context_ttl_millis", "Read for compatibility; no effect.")
            .withRange(1, Long.MAX_VALUE));
  }

  private static ConfigSpec fileSink() {
    List<FieldSpec> fields = new ArrayList<>();
    fields.add(
        FieldSpec.string("type", "What is shown of an event.")
            .withAllowed("full", "gen_ai", "openinference")
            .withDefault("full"));
    fields.add(
        FieldSpec.string("output_directory", "Directory of the file; made when it is missing.")
            .asRequired());
    fields.add(
        FieldSpec.string(
            "filename", "Name of the file; by default fairlead-otlp- and the time of the start."));
    fields.add(
        FieldSpec.string("format", "A request per line as JSON, or as protobuf after its length.")
            .withAllowed("json_lines", "proto")
            .withDefault("json_lines"));
    fields.add(
        FieldSpec.string("mode", "Whether to add to a file that exists or to begin it anew.")
            .withAllowed("append", "overwrite")
            .withDefault("overwrite"));
    fields.addAll(identity());
    fields.addAll(projection());
    return ConfigSpec.of(fields);
  }
}
