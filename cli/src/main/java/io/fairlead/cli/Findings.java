package io.fairlead.cli;

import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * Shows findings of running components on {@code err}, each kind of trouble of a component once:
 * the counters tell how often.
 */
final class Findings implements DiagnosticSink {

  private static final int MOST_KINDS = 1_000;

  private final PrintWriter err;
  private final Set<String> shown = new HashSet<>();

  Findings(Terminal terminal) {
    this.err = terminal.err();
  }

  @Override
  public synchronized void report(Diagnostic diagnostic) {
    String kind = diagnostic.code() + '\0' + diagnostic.component() + '\0' + diagnostic.field();
    if (shown.size() < MOST_KINDS && shown.add(kind)) {
      err.println(line(diagnostic));
      err.flush();
    }
  }

  private static String line(Diagnostic diagnostic) {
    StringBuilder line = new StringBuilder();
    line.append(diagnostic.level().wireName()).append(' ').append(diagnostic.code());
    if (diagnostic.component() != null) {
      line.append(" [").append(diagnostic.component()).append(']');
    }
    line.append(": ").append(diagnostic.message());
    if (diagnostic.hint() != null) {
      line.append(" (").append(diagnostic.hint()).append(')');
    }
    return line.toString();
  }

  /** Shows a report for people when it says anything. */
  static void show(ValidationReport report, App app) {
    if (!report.diagnostics().isEmpty()) {
      app.terminal().err().print(app.kernel().text(report));
      app.terminal().err().flush();
    }
  }
}
