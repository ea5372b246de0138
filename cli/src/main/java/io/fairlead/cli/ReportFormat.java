package io.fairlead.cli;

import io.fairlead.core.validation.ReportSarif;
import io.fairlead.core.validation.ValidationReport;
import java.util.function.BiFunction;

/** The form of a report of findings. */
enum ReportFormat {
  text(Kernel::text),
  json(Kernel::json),
  sarif(
      (kernel, report) ->
          new ReportSarif(Options.version(), DiagnosticPages.codes()).write(report) + "\n");

  private final BiFunction<Kernel, ValidationReport, String> writer;

  ReportFormat(BiFunction<Kernel, ValidationReport, String> writer) {
    this.writer = writer;
  }

  /** A report in this form; ends with a line break. */
  String write(Kernel kernel, ValidationReport report) {
    return writer.apply(kernel, report);
  }
}
