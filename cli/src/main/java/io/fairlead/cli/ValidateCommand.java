package io.fairlead.cli;

import io.fairlead.core.config.TomlReader;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import java.util.List;

final class ValidateCommand extends Subcommand {

  private static final String STRICT = "--strict";

  ValidateCommand(App app) {
    super(app, "validate", "Check a configuration without starting anything.");
    addConfig();
    addReportFormat();
    add(Options.flag(STRICT, "Warnings fail too."));
  }

  @Override
  public Integer call() throws CommandFailure {
    ValidationReport report = report();
    app.terminal().out().print(reportFormat().write(app.kernel(), report));
    if (reportFormat() == ReportFormat.text
        && app.terminal().outIsTerminal()
        && !report.diagnostics().isEmpty()) {
      app.terminal().out().println("`fairlead explain CODE` says more about a code");
    }
    return report.hasErrors() || (isSet(STRICT) && hasWarnings(report))
        ? ExitCodes.FAILED
        : ExitCodes.OK;
  }

  /** What is found; a program that reads the findings is told of a missing file among them. */
  private ValidationReport report() throws CommandFailure {
    try {
      Kernel.Document document = new ConfigLocator(app).require(config());
      return document.validate(LaunchSettings.once(pluginsDir(), finding -> {}));
    } catch (CommandFailure e) {
      if (reportFormat() == ReportFormat.text) {
        throw e;
      }
      return new ValidationReport(
          List.of(Diagnostic.error(TomlReader.FILE_MISSING, null, String.valueOf(e.getMessage()))));
    }
  }

  private static boolean hasWarnings(ValidationReport report) {
    return report.diagnostics().stream().anyMatch(finding -> finding.level() == Level.WARNING);
  }
}
