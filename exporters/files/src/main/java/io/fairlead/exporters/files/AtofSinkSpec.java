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
  static final String MAX_BYTES = "max_bytes";
  static final String MAX_FILES = "max_files";
  static final String NAME = "name";
  static final String URL = "url";
  static final String TRANSPORT = "transport";
  static final String FIELD_NAME_POLICY = "field_name_policy";
  static final String REPLACE_DOTS = "replace_dots";

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
          FieldSpec.integer(
                  MAX_BYTES,
                  "Size from which on a file is set aside as <filename>.1, and older ones one"
                      + " number further, before the next batch; by default never.")
              .withRange(1, 1_000_000_000_000L),
          FieldSpec.integer(MAX_FILES, "How many files set aside are kept; by default all of them.")
              .withRange(1, 10_000),
          FieldSpec.string(NAME, "Name of a stream, unique among the streams."),
          FieldSpec.string(URL, "Address of a stream."),
          FieldSpec.string(
                  TRANSPORT,
                  "How a stream is sent: http_post posts each record, ndjson each batch of them,"
                      + " websocket sends a text frame per record.")
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
          FieldSpec.string(
                  FIELD_NAME_POLICY, "What becomes of dots in names of members within a stream.")
              .withDefault("preserve")
              .withAllowed("preserve", REPLACE_DOTS));

  static final ConfigSpec SECTION =
      ConfigSpec.of(
          FieldSpec.bool("enabled", "Whether records are written.").withDefault(false),
          FieldSpec.tables(SINKS, "Where records are written to.", SINK));

  private AtofSinkSpec() {}
}
