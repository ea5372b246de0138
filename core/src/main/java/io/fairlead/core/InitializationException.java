package io.fairlead.core;

import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was not started. Nothing of it is left running. The report says why; faults
 * of the roll-back, if there were any, are suppressed exceptions.
 */
public final class InitializationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient ValidationReport report;

  InitializationException(ValidationReport report, @Nullable Throwable cause) {
    super(summary(report), cause);
    this.report = report;
  }

  /** The report with one reason more. */
  static InitializationException because(
      ValidationReport report, Diagnostic reason, @Nullable Throwable cause) {
    List<Diagnostic> all = new ArrayList<>(report.diagnostics());
    all.add(reason);
    return new InitializationException(new ValidationReport(all), cause);
  }

  /** Everything found, the reason of the failure included. */
  public ValidationReport report() {
    return report;
  }

  private static String summary(ValidationReport report) {
    long errors = report.diagnostics().stream().filter(Diagnostic::isError).count();
    String first =
        report.diagnostics().stream()
            .filter(Diagnostic::isError)
            .findFirst()
            .map(InitializationException::words)
            .orElse("the configuration cannot be started");
    return errors > 1 ? first + " (and " + (errors - 1) + " more)" : first;
  }

  private static String words(Diagnostic error) {
    String where = error.position() == null ? "" : error.position() + ": ";
    return where + error.code() + ": " + error.message();
  }
}
