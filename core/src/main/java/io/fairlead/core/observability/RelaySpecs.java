package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.ArrayList;
import java.util.List;

/** The fields NeMo Relay's sections have, by generation. Data only. */
final class RelaySpecs {

  private static final List<FieldSpec> SERVICE =
      List.of(
          map("resource_attributes", "Further resource attributes."),
          text("service_name", "The resource attribute service.name."),
          text("service_namespace", "The resource attribute service.namespace."),
          text("service_version", "The resource attribute service.version."),
          text("instrumentation_scope", "Name of the instrumentation scope."));

  private static final FieldSpec PROMOTED_TO_RESOURCE =
      list(
          "promote_resource_metadata_prefixes",
          "Prefixes of a root's metadata that become attributes of the resource.");

  private static final List<FieldSpec> PROJECTION =
      List.of(
          text("mark_projection", "How marks are shown: inherit, event or tool."),
          list("mark_exclude_names", "Marks that are not shown as tools."),
          FieldSpec.tables(
              "attribute_mappings",
              "Attributes copied to other names.",
              ConfigSpec.of(
                  text("key", "Attribute to copy.").asRequired(),
                  text("alias", "Name of the copy.").asRequired())),
          list("promote_metadata_prefixes", "Prefixes of metadata that become attributes."),
          PROMOTED_TO_RESOURCE);

  private static final List<FieldSpec> BATCH =
      List.of(
          count("max_queue_size", "Read for compatibility; no effect."),
          count("max_export_batch_size", "Most spans of one request."),
          count("scheduled_delay_millis", "Longest wait before a request, in milliseconds."),
          count("completed_span_context_ttl_millis", "Read for compatibility; no effect."));

  private static final FieldSpec ENABLED =
      FieldSpec.bool("enabled", "Whether the section is used.").withDefault(false);

  private static final List<FieldSpec> HEADERS =
      List.of(
          map("headers", "Headers of each request.").asSecret(),
          map("header_env", "Headers whose values are in environment variables."),
          map("header_file", "Headers whose values are in files."));

  private static final FieldSpec TIMEOUT =
      count("timeout_millis", "Longest wait for an answer, in milliseconds.").withDefault(3000L);

  private static final FieldSpec TRANSPORT =
      text("transport", "http_binary or grpc.").withDefault("http_binary");

  /** Required, as type is, unless a backend is named: {@link OpenTelemetryRules#required}. */
  private static final FieldSpec ENDPOINT = text("endpoint", "Where to deliver to, a URL.");

  private static final ConfigSpec TRACE_ENDPOINT =
      spec(
          List.of(text("type", "The projection: full, gen_ai, openinference.")),
          List.of(ENDPOINT, TRANSPORT, TIMEOUT),
          HEADERS,
          SERVICE,
          PROJECTION,
          BATCH);

  private static final ConfigSpec SIGNAL_ENDPOINT =
      spec(List.of(ENDPOINT, TRANSPORT, TIMEOUT), HEADERS, SERVICE, List.of(PROMOTED_TO_RESOURCE));

  private static final ConfigSpec FILE_SINK =
      spec(
          List.of(
              text("type", "The projection: full, gen_ai, openinference.").withDefault("full"),
              text("output_directory", "Directory of the file.").asRequired(),
              text("filename", "Name of the file."),
              text("format", "json_lines or proto."),
              text("mode", "append or overwrite.").withDefault("overwrite")),
          SERVICE,
          PROJECTION,
          BATCH);

  /** {@code opentelemetry.logs}. */
  static final ConfigSpec LOGS =
      ConfigSpec.of(
          ENABLED,
          FieldSpec.tables("endpoints", "Where logs go.", SIGNAL_ENDPOINT),
          text("minimum_severity", "Least severity that is sent.").withDefault("info"),
          count("max_queue_size", "Read for compatibility; no effect.").withDefault(2048L),
          count("max_export_batch_size", "Most records of one request.").withDefault(512L),
          count("scheduled_delay_millis", "Longest wait before a request.").withDefault(1000L),
          count("completed_span_context_ttl_millis", "Read for compatibility; no effect."));

  /** {@code opentelemetry.metrics}. */
  static final ConfigSpec METRICS =
      ConfigSpec.of(
          ENABLED,
          FieldSpec.tables("endpoints", "Where metrics go.", SIGNAL_ENDPOINT),
          count("export_interval_millis", "Time between two exports.").withDefault(60_000L),
          text("temporality", "cumulative, delta or low_memory.").withDefault("cumulative"),
          count("max_instruments", "Read for compatibility; no effect.").withDefault(256L),
          count("cardinality_limit", "Most series of one instrument.").withDefault(2000L));

  /** {@code opentelemetry} with typed endpoints, generations 3 and 4. */
  static final ConfigSpec OPENTELEMETRY =
      ConfigSpec.of(
          ENABLED,
          FieldSpec.tables("endpoints", "Where spans go.", TRACE_ENDPOINT),
          FieldSpec.tables("traces", "The same as endpoints.", TRACE_ENDPOINT),
          FieldSpec.tables("file_sinks", "Files spans are written to.", FILE_SINK),
          FieldSpec.table("logs", "Logs made of marks.", LOGS),
          FieldSpec.table("metrics", "Metrics.", METRICS));

  private static final List<FieldSpec> FLAT =
      List.of(
          ENABLED,
          TRANSPORT,
          text("endpoint", "Where to deliver to, a URL."),
          map("headers", "Headers of each request.").asSecret(),
          SERVICE.get(0),
          SERVICE.get(1).withDefault("nemo-relay"),
          SERVICE.get(2),
          SERVICE.get(3),
          SERVICE.get(4),
          TIMEOUT);

  /** {@code opentelemetry} and {@code openinference} of generation 1: one endpoint, laid flat. */
  static final ConfigSpec FLAT_1 = ConfigSpec.of(FLAT);

  /** The same of generation 2. */
  static final ConfigSpec FLAT_2 = spec(FLAT, PROJECTION.subList(0, 3));

  private static final List<FieldSpec> STREAM =
      List.of(
          text("url", "Where to send events to."),
          text("transport", "http_post, websocket or ndjson.").withDefault("http_post"),
          map("headers", "Headers of each request.").asSecret(),
          TIMEOUT,
          text("field_name_policy", "preserve or replace_dots.").withDefault("preserve"));

  private static final List<FieldSpec> FILE =
      List.of(
          text("output_directory", "Directory of the file; the working directory by default."),
          text("filename", "Name of the file; made of the time by default."),
          text("mode", "append or overwrite.").withDefault("append"));

  /** {@code atof} of generation 1: one file, laid flat. */
  static final ConfigSpec ATOF_1 =
      spec(
          List.of(ENABLED),
          FILE,
          List.of(
              FieldSpec.tables(
                  "endpoints", "Where events are streamed to.", ConfigSpec.of(STREAM))));

  /** {@code atof} with typed sinks, generations 2 to 4. */
  static final ConfigSpec ATOF =
      ConfigSpec.of(
          ENABLED,
          FieldSpec.tables(
              "sinks",
              "Where events go.",
              spec(
                  List.of(text("type", "file or stream.").asRequired()),
                  FILE,
                  STREAM,
                  HEADERS.subList(1, 3),
                  List.of(text("name", "Name of a stream sink.")))));

  /** {@code atif}, all generations. */
  static final ConfigSpec ATIF =
      ConfigSpec.of(
          ENABLED,
          text("agent_name", "Name of the agent."),
          text("agent_version", "Version of the agent."),
          text("model_name", "Model when none is known."),
          FieldSpec.tables("tool_definitions", "Tools of the agent.", ConfigSpec.EMPTY),
          FieldSpec.of("extra", FieldType.ANY_TABLE, "Further facts about the agent."),
          text("output_directory", "Directory of the files."),
          text("filename_template", "Name of each file; must contain {session_id}.")
              .withDefault("nemo-relay-atif-{session_id}.json"),
          FieldSpec.tables(
              "storage",
              "Where trajectories are sent to.",
              spec(
                  List.of(
                      text("type", "http or s3.").asRequired(),
                      text("endpoint", "URL of the server."),
                      TIMEOUT),
                  HEADERS,
                  List.of(
                      text("bucket", "Bucket."),
                      text("key_prefix", "Prefix of the keys."),
                      text("access_key_id", "Access key id."),
                      text("secret_access_key_var", "Variable holding the secret key."),
                      text("session_token_var", "Variable holding the session token."),
                      text("region", "Region."),
                      text("endpoint_url", "URL of an S3 compatible server."),
                      FieldSpec.bool("allow_http", "Whether plain HTTP may be used.")))));

  private RelaySpecs() {}

  @SafeVarargs
  private static ConfigSpec spec(List<FieldSpec>... groups) {
    List<FieldSpec> fields = new ArrayList<>();
    for (List<FieldSpec> group : groups) {
      fields.addAll(group);
    }
    return ConfigSpec.of(fields);
  }

  private static FieldSpec text(String name, String doc) {
    return FieldSpec.string(name, doc);
  }

  private static FieldSpec count(String name, String doc) {
    return FieldSpec.integer(name, doc).withRange(0, Long.MAX_VALUE);
  }

  private static FieldSpec list(String name, String doc) {
    return FieldSpec.of(name, FieldType.STRING_LIST, doc);
  }

  private static FieldSpec map(String name, String doc) {
    return FieldSpec.of(name, FieldType.STRING_MAP, doc);
  }
}
