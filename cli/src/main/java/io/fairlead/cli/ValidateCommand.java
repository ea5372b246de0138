package io.fairlead.cli;

import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.diagnostic.Level;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "validate", description = "Check a configuration without starting anything.")
final class ValidateCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: text.")
  private Format format = Format.text;

  @Option(names = "--strict", description = "Warnings fail too.")
  private boolean strict;

  private final App app;

  ValidateCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() throws CommandFailure {
    Host host = app.host();
    Kernel.Document document = app.kernel().load(new ConfigLocator(host).require(config.file));
    ValidationReport report =
        document.validate(LaunchSettings.once(host.pluginsDir(config.pluginsDir), finding -> {}));
    app.terminal()
        .out()
        .print(format == Format.json ? app.kernel().json(report) : app.kernel().text(report));
    return report.hasErrors() || (strict && hasWarnings(report)) ? ExitCodes.FAILED : ExitCodes.OK;
  }

  private static boolean hasWarnings(ValidationReport report) {
    return report.diagnostics().stream().anyMatch(finding -> finding.level() == Level.WARNING);
  }
}
