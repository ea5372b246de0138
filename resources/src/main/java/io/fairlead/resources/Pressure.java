package io.fairlead.resources;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Time in which work waited, as Linux counts it.
 *
 * @param someMicros some tasks waited, or null
 * @param fullMicros all tasks waited, or null
 */
record Pressure(@Nullable Long someMicros, @Nullable Long fullMicros) {

  private static final String TOTAL = " total=";

  /** What a pressure file says; nothing when there is none. */
  static Pressure read(Path file) {
    String text = SmallFiles.text(file);
    return text == null
        ? new Pressure(null, null)
        : new Pressure(of("some", text), of("full", text));
  }

  private static @Nullable Long of(String kind, String text) {
    for (String line : text.split("\n", -1)) {
      int total = line.indexOf(TOTAL);
      if (line.startsWith(kind) && total > 0) {
        return SmallFiles.number(line.substring(total + TOTAL.length()));
      }
    }
    return null;
  }
}
