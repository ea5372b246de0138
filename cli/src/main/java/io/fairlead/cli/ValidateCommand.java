package io.fairlead.cli;

import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.diagnostic.Level;

final class ValidateCommand extends Subcommand {

  private static final String STRICT = "--strict";

  ValidateCommand(App app) {
    super(app, "validate", "Check a configuration without starting anything.");
    addConfig();
    addFormat("");
    add(Options.flag(STRICT, "Warnings fail too."));
  }

  @Override
  public Integer call() throws CommandFailure {
    Host host = app.host();
    Kernel.Document document = app.kernel().load(new ConfigLocator(host).require(config()));
    ValidationReport report = document.validate(LaunchSettings.once(pluginsDir(), finding -> {}));
    app.terminal()
        .out()
        .print(format() == Format.json ? app.kernel().json(report) : app.kernel().text(report));
    return report.hasErrors() || (isSet(STRICT) && hasWarnings(report))
        ? ExitCodes.FAILED
        : ExitCodes.OK;
  }

  private static boolean hasWarnings(ValidationReport report) {
    return report.diagnostics().stream().anyMatch(finding -> finding.level() == Level.WARNING);
  }
}
