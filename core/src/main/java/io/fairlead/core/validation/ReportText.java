package io.fairlead.core.validation;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report for people: one finding per line, {@code file:line:col: level code: message}, sorted by
 * position with those without one first, hints below, a summary at the end. Control characters of a
 * document never reach the terminal.
 */
public final class ReportText {

  private static final Comparator<Diagnostic> BY_POSITION =
      Comparator.<Diagnostic>comparingInt(d -> lineOf(d.position()))
          .thenComparingInt(d -> columnOf(d.position()));

  private ReportText() {}

  /** The text of a report, each line ended. */
  public static String write(ValidationReport report) {
    return write(report.diagnostics());
  }

  /** The text of some findings, each line ended. */
  public static String write(List<Diagnostic> diagnostics) {
    List<Diagnostic> sorted = new ArrayList<>(diagnostics);
    sorted.sort(BY_POSITION);
    StringBuilder text = new StringBuilder();
    int errors = 0;
    int warnings = 0;
    for (Diagnostic diagnostic : sorted) {
      line(text, diagnostic);
      errors += diagnostic.isError() ? 1 : 0;
      warnings += diagnostic.level() == Level.WARNING ? 1 : 0;
    }
    return text.append(summary(errors, warnings)).append('\n').toString();
  }

  private static void line(StringBuilder text, Diagnostic diagnostic) {
    if (diagnostic.position() != null) {
      text.append(printable(diagnostic.position().toString())).append(": ");
    }
    text.append(diagnostic.level().wireName())
        .append(' ')
        .append(printable(diagnostic.code()))
        .append(": ")
        .append(printable(diagnostic.message()))
        .append('\n');
    if (diagnostic.hint() != null) {
      text.append("    hint: ").append(printable(diagnostic.hint())).append('\n');
    }
  }

  private static String summary(int errors, int warnings) {
    return errors + warnings == 0
        ? "no problems found"
        : count(errors, "error") + ", " + count(warnings, "warning");
  }

  private static String count(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private static int lineOf(@Nullable SourcePosition position) {
    return position == null ? 0 : position.line();
  }

  private static int columnOf(@Nullable SourcePosition position) {
    return position == null ? 0 : position.column();
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      printable.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return printable.toString();
  }
}
