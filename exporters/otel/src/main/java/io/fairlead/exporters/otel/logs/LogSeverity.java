package io.fairlead.exporters.otel.logs;

import io.opentelemetry.api.logs.Severity;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words for severities in documents and in the metadata of marks. */
public final class LogSeverity {

  private static final Map<String, Severity> BY_WORD =
      Map.of(
          "trace", Severity.TRACE,
          "debug", Severity.DEBUG,
          "info", Severity.INFO,
          "warn", Severity.WARN,
          "warning", Severity.WARN,
          "error", Severity.ERROR);

  private LogSeverity() {}

  /** The severity of a word, whatever its case and the blanks around it; null for another word. */
  public static @Nullable Severity of(String word) {
    return BY_WORD.get(word.strip().toLowerCase(Locale.ROOT));
  }
}
