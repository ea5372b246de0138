package io.fairlead.core.observability;

import io.fairlead.core.config.WhiteSpace;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of {@code opentelemetry.file_sinks}: their names, and that each is written once. */
final class FileSinkRules {

  private FileSinkRules() {}

  /** Checks the name of a sink's file and its batches. */
  static void file(Section sink) {
    String name = sink.text("filename");
    String fault = name == null ? null : nameFault(name);
    if (fault != null) {
      sink.unsupported("filename", label(sink.field("filename")) + fault);
    }
    String limit = BatchLimits.fault(sink);
    if (limit != null) {
      sink.unsupported(limit, "invalid config: " + BatchLimits.message(sink, limit));
    }
  }

  /** Reports the first two sinks that write the same file. */
  static void distinct(Section section, List<Section> sinks) {
    Map<List<String>, Section> files = new HashMap<>();
    for (Section sink : sinks) {
      List<String> file = file(sink.text("output_directory"), sink.text("filename"), sink);
      Section other = file == null ? null : files.putIfAbsent(file, sink);
      if (other != null) {
        section
            .reporter()
            .report(
                Level.ERROR,
                OpenTelemetryRules.COLLISION,
                section.field("file_sinks"),
                sink.place("filename"),
                label(other.path())
                    + " and "
                    + sink.path()
                    + " write the same path \""
                    + String.join("/", file)
                    + "\"; each sink requires its own file",
                null);
        return;
      }
    }
  }

  /** The segments of a file's path; a file without a name gets one that its format decides. */
  private static @Nullable List<String> file(
      @Nullable String directory, @Nullable String name, Section sink) {
    if (directory == null || (name != null && nameFault(name) != null)) {
      return null;
    }
    boolean proto = "proto".equals(sink.text("format"));
    List<String> file = new ArrayList<>();
    String[] segments = directory.split("/+");
    for (int i = 0; i < segments.length; i++) {
      if (!segments[i].equals(".") && (i == 0 || !segments[i].isEmpty())) {
        file.add(segments[i]);
      }
    }
    file.add(name == null ? "<default>" + (proto ? ".pb" : ".jsonl") : name);
    return file;
  }

  private static @Nullable String nameFault(String name) {
    if (WhiteSpace.isBlank(name) || WhiteSpace.isPadded(name)) {
      return " must be nonblank and unpadded";
    }
    String file = name.replaceAll("/+(\\./*)*$", "");
    return file.isEmpty() || file.contains("/") || file.equals(".") || file.equals("..")
        ? " must be a single path component"
        : null;
  }

  private static String label(String field) {
    return "invalid config: OpenTelemetry " + field;
  }
}
