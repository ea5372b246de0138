package io.fairlead.exporters.otel;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code file_sinks} of the section. Checking them loads no class of OpenTelemetry. */
final class FileSinks {

  private static final String SINKS = "file_sinks";
  private static final String FILENAME = "filename";
  private static final String DIRECTORY = "output_directory";
  private static final String COLLISION = "observability.unsafe_otel_destination_collision";
  private static final DateTimeFormatter STARTED_AT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private FileSinks() {}

  static void validate(ConfigView config, ValidationContext context) {
    Map<String, Integer> known = new HashMap<>();
    List<ConfigView> sinks = config.tables(SINKS);
    for (int i = 0; i < sinks.size(); i++) {
      ConfigView sink = sinks.get(i);
      String directory = sink.stringOrNull(DIRECTORY);
      if (directory == null
          || directory.isBlank()
          || !checkName(sink, SINKS + "[" + i + "]", context)) {
        continue;
      }
      try {
        checkCollision(sink, i, Path.of(directory).toAbsolutePath().normalize(), known, context);
      } catch (InvalidPathException e) {
        String field = SINKS + "[" + i + "]." + DIRECTORY;
        context.unsupportedValue(
            field, sink.node(DIRECTORY), "this is no path of this system", null);
      }
    }
  }

  private static boolean checkName(ConfigView sink, String place, ValidationContext context) {
    String name = sink.stringOrNull(FILENAME);
    String fault = name == null ? null : nameFault(name);
    if (fault == null) {
      return true;
    }
    context.unsupportedValue(
        place + "." + FILENAME,
        sink.node(FILENAME),
        "invalid config: OpenTelemetry " + place + "." + FILENAME + " must be " + fault,
        null);
    return false;
  }

  private static @Nullable String nameFault(String name) {
    if (name.isBlank() || !name.strip().equals(name)) {
      return "nonblank and unpadded";
    }
    boolean single =
        !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0);
    return single ? null : "a single path component";
  }

  private static void checkCollision(
      ConfigView sink,
      int index,
      Path directory,
      Map<String, Integer> known,
      ValidationContext context) {
    String name = sink.stringOrNull(FILENAME);
    boolean proto = "proto".equals(sink.stringOrNull("format"));
    String file = name != null ? name : "<default>" + (proto ? ".otlp.pb" : ".jsonl");
    Integer other = known.putIfAbsent(directory.resolve(file.replace('<', '_')).toString(), index);
    if (other != null) {
      context.report(
          Level.ERROR,
          COLLISION,
          SINKS,
          sink.node(name == null ? DIRECTORY : FILENAME),
          "invalid config: OpenTelemetry file_sinks["
              + other
              + "] and file_sinks["
              + index
              + "] write the same path \""
              + sink.stringOrNull(DIRECTORY)
              + "/"
              + file
              + "\"; each sink requires its own file",
          "give each sink a file of its own");
    }
  }

  static List<Subscriber> create(ComponentContext context, EndpointReader reader) {
    Instant now = context.clock().instant();
    List<ConfigView> sinks = context.config().tables(SINKS);
    List<Subscriber> subscribers = new ArrayList<>();
    for (int i = 0; i < sinks.size(); i++) {
      ConfigView sink = sinks.get(i);
      String format = sink.string("format");
      String given = sink.stringOrNull(FILENAME);
      String name =
          given != null
              ? given
              : "fairlead-otlp-" + STARTED_AT.format(now) + "." + Subscribers.fileExtension(format);
      subscribers.add(
          Subscribers.file(
              SINKS + "[" + i + "]",
              reader.file(sink),
              new Subscribers.FilePlan(
                  Path.of(sink.string(DIRECTORY)).resolve(name),
                  format,
                  "overwrite".equals(sink.string("mode"))),
              context.diagnostics()));
    }
    return subscribers;
  }
}
