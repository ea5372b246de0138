package io.fairlead.exporters.files;

import static io.fairlead.exporters.files.AtofSinkSpec.FIELD_NAME_POLICY;
import static io.fairlead.exporters.files.AtofSinkSpec.FILE;
import static io.fairlead.exporters.files.AtofSinkSpec.FILENAME;
import static io.fairlead.exporters.files.AtofSinkSpec.MAX_BYTES;
import static io.fairlead.exporters.files.AtofSinkSpec.MAX_FILES;
import static io.fairlead.exporters.files.AtofSinkSpec.MODE;
import static io.fairlead.exporters.files.AtofSinkSpec.NAME;
import static io.fairlead.exporters.files.AtofSinkSpec.OUTPUT_DIRECTORY;
import static io.fairlead.exporters.files.AtofSinkSpec.OVERWRITE;
import static io.fairlead.exporters.files.AtofSinkSpec.REPLACE_DOTS;
import static io.fairlead.exporters.files.AtofSinkSpec.SINKS;
import static io.fairlead.exporters.files.AtofSinkSpec.STREAM;
import static io.fairlead.exporters.files.AtofSinkSpec.TRANSPORT;
import static io.fairlead.exporters.files.AtofSinkSpec.TYPE;
import static io.fairlead.exporters.files.AtofSinkSpec.URL;

import io.fairlead.exporters.files.http.Remote;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kind {@code atof}: files and streams of ATOF 0.1 records, one {@code sinks} entry each. */
public final class AtofExporterProvider implements ExporterProvider {

  private static final DateTimeFormatter STARTED_AT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Called by the service loader. */
  public AtofExporterProvider() {}

  @Override
  public String kind() {
    return "atof";
  }

  @Override
  public ConfigSpec configSpec() {
    return AtofSinkSpec.SECTION;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    Set<Path> files = new HashSet<>();
    List<ConfigView> sinks = config.tables(SINKS);
    for (int i = 0; i < sinks.size(); i++) {
      ConfigView sink = sinks.get(i);
      String path = sinkName(i);
      if (STREAM.equals(sink.stringOrNull(TYPE)) && sink.stringOrNull(URL) == null) {
        context.unsupportedValue(path + "." + URL, null, "a stream needs a url", null);
      } else if (FILE.equals(sink.stringOrNull(TYPE))) {
        validateFile(path, sink, files, context);
      }
    }
  }

  private static void validateFile(
      String path, ConfigView sink, Set<Path> files, ValidationContext context) {
    String name = sink.stringOrNull(FILENAME);
    if (name != null && name.isBlank()) {
      context.unsupportedValue(
          path + "." + FILENAME, sink.node(FILENAME), "the file name is empty", null);
      return;
    }
    try {
      if (!files.add(file(sink, Instant.EPOCH).toAbsolutePath().normalize())) {
        context.unsupportedValue(
            path + "." + FILENAME,
            sink.node(FILENAME),
            "another sink writes the same file",
            "give each sink a file of its own");
      }
    } catch (InvalidPathException e) {
      context.unsupportedValue(
          path + "." + (name == null ? OUTPUT_DIRECTORY : FILENAME),
          sink.node(name == null ? OUTPUT_DIRECTORY : FILENAME),
          "this is no path of this system",
          null);
    }
  }

  @Override
  public List<Subscriber> create(ComponentContext context) throws IOException {
    Instant now = context.clock().instant();
    List<ConfigView> sinks = context.config().tables(SINKS);
    List<Subscriber> subscribers = new ArrayList<>();
    for (int i = 0; i < sinks.size(); i++) {
      ConfigView sink = sinks.get(i);
      if (FILE.equals(sink.string(TYPE))) {
        boolean overwrite = OVERWRITE.equals(sink.string(MODE));
        subscribers.add(
            new AtofFileSubscriber(
                sinkName(i), new LineFile(file(sink, now), overwrite), rotation(sink)));
      } else {
        subscribers.add(stream(sinkName(i), sink, context));
      }
    }
    return List.copyOf(subscribers);
  }

  private static @Nullable Rotation rotation(ConfigView sink) {
    Long maxBytes = sink.integerOrNull(MAX_BYTES);
    Long maxFiles = sink.integerOrNull(MAX_FILES);
    return maxBytes == null
        ? null
        : new Rotation(maxBytes, maxFiles == null ? Rotation.ALL : Math.toIntExact(maxFiles));
  }

  private static Subscriber stream(String place, ConfigView sink, ComponentContext context)
      throws IOException {
    String name = sink.stringOrNull(NAME);
    StreamTransport transport =
        StreamTransport.of(sink.string(TRANSPORT), Remote.read(sink, URL, context));
    return new AtofStreamSubscriber(
        name == null || name.isBlank() ? place : name,
        transport,
        REPLACE_DOTS.equals(sink.string(FIELD_NAME_POLICY)),
        context.clock());
  }

  private static String sinkName(int index) {
    return SINKS + "[" + index + "]";
  }

  private static Path file(ConfigView sink, Instant started) {
    String name = sink.stringOrNull(FILENAME);
    String file = name != null ? name : "fairlead-events-" + STARTED_AT.format(started) + ".jsonl";
    return Path.of(sink.string(OUTPUT_DIRECTORY)).resolve(file);
  }
}
