package io.fairlead.exporters.files;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;

/** The fields of the {@code atof} section, as NeMo Relay's configuration version 4 has them. */
final class AtofSinkSpec {

  static final String TYPE = "type";
  static final String FILE = "file";
  static final String STREAM = "stream";
  static final String SINKS = "sinks";
  static final String OUTPUT_DIRECTORY = "output_directory";
  static final String FILENAME = "filename";
  static final String MODE = "mode";
  static final String OVERWRITE = "overwrite";

  private static final ConfigSpec SINK =
      ConfigSpec.of(
          FieldSpec.string(TYPE, "Where records go: a file, or a stream to a server.")
              .asRequired()
              .withAllowed(FILE, STREAM),
          FieldSpec.string(OUTPUT_DIRECTORY, "Directory of the file; made when it is missing.")
              .withDefault("."),
          FieldSpec.string(
              FILENAME, "Name of the file; by default fairlead-events- and the time of the start."),
          FieldSpec.string(MODE, "Whether to add to a file that exists or to begin it anew.")
              .withDefault("append")
              .withAllowed("append", OVERWRITE),
          FieldSpec.string("name", "Name of a stream, unique among the streams."),
          FieldSpec.string("url", "Address of a stream."),
          FieldSpec.string("transport", "How a stream is sent.")
              .withDefault("http_post")
              .withAllowed("http_post", "websocket", "ndjson"),
          FieldSpec.of("headers", FieldType.STRING_MAP, "Headers of a stream.").asSecret(),
          FieldSpec.of(
              "header_env",
              FieldType.STRING_MAP,
              "Headers of a stream whose values are the names of environment variables."),
          FieldSpec.of(
              "header_file",
              FieldType.STRING_MAP,
              "Headers of a stream whose values are the paths of files."),
          FieldSpec.integer("timeout_millis", "How long to wait for a stream's server.")
              .withDefault(3_000L)
              .withRange(1, Integer.MAX_VALUE),
          FieldSpec.string("field_name_policy", "What becomes of dots in names within a stream.")
              .withDefault("preserve")
              .withAllowed("preserve", "replace_dots"));

  static final ConfigSpec SECTION =
      ConfigSpec.of(
          FieldSpec.bool("enabled", "Whether records are written.").withDefault(false),
          FieldSpec.tables(SINKS, "Where records are written to.", SINK));

  private AtofSinkSpec() {}
}
