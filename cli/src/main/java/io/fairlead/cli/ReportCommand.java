package io.fairlead.cli;

import io.fairlead.cli.report.JsonOutput;
import io.fairlead.cli.report.Report;
import io.fairlead.cli.report.ReportJson;
import io.fairlead.cli.report.ReportTables;
import io.fairlead.spi.config.ConfigNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

final class ReportCommand extends Subcommand {

  private static final String SINCE = "--since";
  private static final String BY = "--by";

  ReportCommand(App app) {
    super(
        app,
        "report",
        "Say what the agents did and cost, from their own records.",
        "Reads the runtimes of the configuration, or those it finds; sends and keeps nothing.");
    addConfig();
    add(
        OptionSpec.builder(SINCE)
            .type(String.class)
            .paramLabel("T")
            .description(
                "Only sessions with anything at or after T: 24h, 7d, 2026-11-21 or"
                    + " 2026-11-21T08:00:00Z. Such a session is shown whole.")
            .build());
    add(
        OptionSpec.builder(BY)
            .type(ReportTables.By.class)
            .paramLabel("ROWS")
            .description("Rows of the text form: session, model, tool or day. Default: session.")
            .build());
    addFormat(" JSON is always by session.");
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Long sinceNanos = sinceNanos();
    Path plugins = pluginsDir();
    LaunchSettings settings = LaunchSettings.once(plugins, new Findings(app.terminal()));
    try (ReportRun run = new ReportRun(app)) {
      Launcher launcher = new Launcher(app);
      run.read(launcher.start(document(launcher, settings), run.feeding(settings)));
      print(run.report(sinceNanos));
      return run.isComplete() ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }

  private Kernel.Document document(Launcher launcher, LaunchSettings settings)
      throws CommandFailure {
    Kernel.Document found = new ConfigLocator(app).find(config());
    if (found == null) {
      return app.kernel().of(new DefaultDocument(app.host()).runtimes());
    }
    Kinds kinds = Kinds.of(app.kernel(), settings.pluginsDir());
    ConfigNode.Table whole = launcher.checked(found, settings);
    Launcher.require(found, kinds::reads, "reads an agent runtime");
    return app.kernel().of(Documents.keeping(whole, kind -> !kinds.delivers(kind)));
  }

  private @Nullable Long sinceNanos() {
    String text = value(SINCE);
    if (text == null) {
      return null;
    }
    Long nanos = Moments.parse(text, app.host().clock());
    if (nanos == null) {
      throw new ParameterException(
          spec().commandLine(),
          "'" + text + "' is no time: use 24h, 7d, 2026-11-21 or 2026-11-21T08:00:00Z");
    }
    return nanos;
  }

  private void print(Report report) {
    Terminal terminal = app.terminal();
    if (format() == Format.json) {
      JsonOutput.write(terminal.out(), json -> ReportJson.write(report, json));
      return;
    }
    ReportTables.By by = value(BY);
    ReportTables tables = new ReportTables(report, terminal.width());
    tables.print(by == null ? ReportTables.By.session : by, terminal.out());
    terminal.out().println();
    tables.printNotes(terminal.out());
  }
}
