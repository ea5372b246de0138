package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.s3.S3Settings;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.ArrayList;
import java.util.List;

/** The fields of the {@code atif} section, as NeMo Relay has them, and a bound of ours. */
final class AtifSpec {

  static final String AGENT_NAME = "agent_name";
  static final String AGENT_VERSION = "agent_version";
  static final String MODEL_NAME = "model_name";
  static final String TOOL_DEFINITIONS = "tool_definitions";
  static final String EXTRA = "extra";
  static final String OUTPUT_DIRECTORY = "output_directory";
  static final String FILENAME_TEMPLATE = "filename_template";
  static final String STORAGE = "storage";
  static final String TYPE = "type";
  static final String HTTP = "http";
  static final String S3 = "s3";
  static final String ENDPOINT = "endpoint";
  static final String MAX_OPEN_BYTES = "max_open_bytes";

  private static final ConfigSpec STORAGES = storages();

  static final ConfigSpec SECTION =
      ConfigSpec.of(
          FieldSpec.bool("enabled", "Whether trajectories are written.").withDefault(false),
          FieldSpec.string(AGENT_NAME, "Name of the agent in every trajectory.")
              .withDefault("Fairlead"),
          FieldSpec.string(
              AGENT_VERSION, "Version of the agent; by default the version of Fairlead."),
          FieldSpec.string(MODEL_NAME, "Model of the agent, for steps that name none.")
              .withDefault("unknown"),
          FieldSpec.tables(
              TOOL_DEFINITIONS, "Tools of the agent, shown as they stand.", ConfigSpec.EMPTY),
          FieldSpec.of(
              EXTRA, FieldType.ANY_TABLE, "Further facts about the agent, shown as they stand."),
          FieldSpec.string(
                  OUTPUT_DIRECTORY,
                  "Directory of the files, made when it is missing. With a storage it only takes"
                      + " what no storage takes.")
              .withDefault("."),
          FieldSpec.string(
                  FILENAME_TEMPLATE,
                  "Name of each file below the directory. It holds {session_id}, and may hold"
                      + " {metadata.a.b} or {metadata.a.b:-otherwise} of the topmost scope.")
              .withDefault("nemo-relay-atif-{session_id}.json"),
          FieldSpec.tables(STORAGE, "Servers trajectories are sent to.", STORAGES),
          FieldSpec.integer(
                  MAX_OPEN_BYTES,
                  "How much trajectories that have not ended may hold in memory; beyond, the"
                      + " largest is delivered as far as it has come.")
              .withDefault(32L << 20)
              .withRange(1 << 16, 1L << 31));

  private AtifSpec() {}

  private static ConfigSpec storages() {
    List<FieldSpec> fields =
        new ArrayList<>(
            List.of(
                FieldSpec.string(TYPE, "Where trajectories are sent to.")
                    .asRequired()
                    .withAllowed(HTTP, S3),
                FieldSpec.string(ENDPOINT, "Address a trajectory is posted to, for type `http`."),
                FieldSpec.of("headers", FieldType.STRING_MAP, "Headers of each request.")
                    .asSecret(),
                FieldSpec.of(
                    "header_env",
                    FieldType.STRING_MAP,
                    "Headers whose values are the names of environment variables."),
                FieldSpec.of(
                    "header_file",
                    FieldType.STRING_MAP,
                    "Headers whose values are the paths of files."),
                FieldSpec.integer("timeout_millis", "How long to wait for the server.")
                    .withDefault(3_000L)
                    .withRange(1, Integer.MAX_VALUE)));
    fields.addAll(S3Settings.FIELDS);
    return ConfigSpec.of(fields);
  }
}
