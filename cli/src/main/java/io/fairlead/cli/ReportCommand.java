package io.fairlead.cli;

import io.fairlead.cli.report.JsonOutput;
import io.fairlead.cli.report.Report;
import io.fairlead.cli.report.ReportJson;
import io.fairlead.cli.report.ReportTables;
import io.fairlead.spi.config.ConfigNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = {
      "Say what the agents did and cost, from their own records.",
      "Reads the runtimes of the configuration, or those it finds; sends and keeps nothing."
    })
final class ReportCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--since",
      paramLabel = "T",
      description =
          "Only sessions with anything at or after T: 24h, 7d, 2026-11-21 or"
              + " 2026-11-21T08:00:00Z. Such a session is shown whole.")
  private @Nullable String since;

  @Option(
      names = "--by",
      description = "Rows of the text form: ${COMPLETION-CANDIDATES}. Default: session.")
  private ReportTables.By by = ReportTables.By.session;

  @Option(
      names = "--format",
      description = "${COMPLETION-CANDIDATES}. Default: text. JSON is always by session.")
  private Format format = Format.text;

  @Spec private @Nullable CommandSpec spec;

  private final App app;

  ReportCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Long sinceNanos = sinceNanos();
    Path plugins = app.host().pluginsDir(config.pluginsDir);
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
    Path file = new ConfigLocator(app.host()).find(config.file);
    if (file == null) {
      return app.kernel().of(new DefaultDocument(app.host()).runtimes());
    }
    Kinds kinds = new Kinds(app.kernel().catalog(settings.pluginsDir()));
    ConfigNode.Table whole = launcher.checked(file, settings);
    Launcher.require(whole, kinds::reads, file, "reads an agent runtime");
    return app.kernel().of(Documents.keeping(whole, kind -> !kinds.delivers(kind)));
  }

  private @Nullable Long sinceNanos() {
    String text = since;
    if (text == null) {
      return null;
    }
    Long nanos = Moments.parse(text, app.host().clock());
    if (nanos == null && spec != null) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + text + "' is no time: use 24h, 7d, 2026-11-21 or 2026-11-21T08:00:00Z");
    }
    return nanos;
  }

  private void print(Report report) {
    Terminal terminal = app.terminal();
    if (format == Format.json) {
      JsonOutput.write(terminal.out(), json -> ReportJson.write(report, json));
      return;
    }
    ReportTables tables = new ReportTables(report, terminal.width());
    tables.print(by, terminal.out());
    terminal.out().println();
    tables.printNotes(terminal.out());
  }
}
