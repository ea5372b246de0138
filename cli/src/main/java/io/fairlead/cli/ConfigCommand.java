package io.fairlead.cli;

import io.fairlead.cli.report.JsonOutput;
import io.fairlead.core.printout.Printed;
import io.fairlead.core.validation.ValidationReport;
import picocli.CommandLine.Model.OptionSpec;

final class ConfigCommand extends Subcommand {

  private static final String DEFAULTS = "--defaults";
  private static final String FORMAT = "--format";

  /** The form of the document. */
  enum Form {
    toml,
    json
  }

  ConfigCommand(App app) {
    super(
        app,
        "config",
        "Show the configuration in force, and where each value comes from.",
        "Secrets are not shown; references such as ${env:NAME} stay as written.");
    addConfig();
    add(
        OptionSpec.builder(FORMAT)
            .type(Form.class)
            .paramLabel("FORMAT")
            .description("toml or json. Default: toml.")
            .build());
    add(Options.flag(DEFAULTS, "Show what is set by default too."));
  }

  @Override
  public Integer call() throws CommandFailure {
    Kernel.Document document = new ConfigLocator(app).require(config());
    LaunchSettings settings = LaunchSettings.once(pluginsDir(), finding -> {});
    ValidationReport report = document.validate(settings);
    Findings.show(report, app);
    Printed.Table printout = document.printout(settings, isSet(DEFAULTS));
    Form form = value(FORMAT);
    if (form == Form.json) {
      JsonOutput.write(app.terminal().out(), json -> ConfigJson.write(printout, json));
    } else {
      app.terminal().out().print(ConfigToml.write(printout));
    }
    return report.hasErrors() ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
