package io.fairlead.cli;

import io.fairlead.cli.report.JsonOutput;
import io.fairlead.core.observability.Migration;
import io.fairlead.core.printout.Printed;
import io.fairlead.core.validation.ValidationReport;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

final class ConfigCommand extends Subcommand {

  private static final String DEFAULTS = "--defaults";
  private static final String FORMAT = "--format";
  private static final String MIGRATE = "--migrate";
  private static final String WRITE = "--write";

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
    add(
        OptionSpec.builder(MIGRATE)
            .type(Integer.class)
            .paramLabel("4")
            .description(
                "Rewrite the one file (--config, else your own) for this generation of the",
                "observability configuration and print it; comments and layout stay.")
            .build());
    add(Options.flag(WRITE, "With --migrate: replace the file, with a backup FILE.bak."));
  }

  @Override
  public Integer call() throws CommandFailure {
    Integer target = value(MIGRATE);
    if (target != null) {
      return migrate(target);
    }
    if (isSet(WRITE)) {
      throw new ParameterException(spec().commandLine(), WRITE + " belongs to " + MIGRATE);
    }
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

  private int migrate(int target) throws CommandFailure {
    if (target != Migration.TARGET) {
      throw new ParameterException(
          spec().commandLine(), "files can be rewritten for generation 4 only, not " + target);
    }
    LaunchSettings settings = LaunchSettings.once(pluginsDir(), finding -> {});
    new ConfigMigration(app).run(new ConfigLocator(app).own(config()), isSet(WRITE), settings);
    return ExitCodes.OK;
  }
}
