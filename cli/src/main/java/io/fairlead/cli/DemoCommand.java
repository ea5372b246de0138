package io.fairlead.cli;

import io.fairlead.cli.report.Report;
import io.fairlead.cli.report.ReportTables;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

final class DemoCommand extends Subcommand {

  private static final String PORT_IN_USE = "prometheus.port_in_use";
  private static final String LISTENING = "prometheus.listening";

  private static final String ONCE = "--once";

  DemoCommand(App app) {
    super(
        app,
        "demo",
        "Replay recorded agent sessions and show what Fairlead makes of them.",
        "On a terminal it then serves http://127.0.0.1:9464/metrics until Ctrl-C.");
    add(Options.flag(ONCE, "End after the report; nothing is served."));
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    boolean serves = !isSet(ONCE) && app.terminal().outIsTerminal();
    try (DemoRecordings recordings = DemoRecordings.unpack(app.host());
        ReportRun run = new ReportRun(app)) {
      Runnable cleanUp =
          () -> {
            run.close();
            recordings.close();
          };
      try (StopSignal.Guard guard = app.stop().onStop(cleanUp)) {
        List<String> listening = new CopyOnWriteArrayList<>();
        run.read(start(recordings, run, serves, findings(listening)));
        print(run.report(null));
        if (serves) {
          listening.forEach(app.terminal().err()::println);
          app.terminal().err().println("Ctrl-C stops.");
          app.terminal().err().flush();
          app.stop().await();
        }
        return run.isComplete() ? ExitCodes.OK : ExitCodes.FAILED;
      }
    } catch (IOException e) {
      throw new CommandFailure("the recordings cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private Kernel.Running start(
      DemoRecordings recordings, ReportRun run, boolean serves, DiagnosticSink findings)
      throws CommandFailure {
    LaunchSettings settings = run.feeding(LaunchSettings.once(null, findings));
    List<ConfigNode.Table> runtimes = recordings.components();
    if (!serves) {
      return launch(Documents.of(runtimes), settings);
    }
    ConfigNode fixed = new ConfigNode.Integer(DefaultDocument.SCRAPE_PORT, null);
    try {
      return document(runtimes, fixed).start(settings);
    } catch (Kernel.StartFailure e) {
      if (!isPortInUse(e)) {
        Findings.show(e.report(), app);
        throw new CommandFailure("nothing was started", e);
      }
      app.terminal()
          .err()
          .println("port " + DefaultDocument.SCRAPE_PORT + " is taken, another one is used");
      return new Launcher(app).start(document(runtimes, Documents.text("auto")), settings);
    }
  }

  private Kernel.Document document(List<ConfigNode.Table> runtimes, ConfigNode port) {
    List<ConfigNode.Table> components = new ArrayList<>(runtimes);
    components.add(Documents.scrapeEndpoint(port));
    return app.kernel().of(Documents.of(components));
  }

  private Kernel.Running launch(ConfigNode.Table document, LaunchSettings settings)
      throws CommandFailure {
    return new Launcher(app).start(app.kernel().of(document), settings);
  }

  private static boolean isPortInUse(Kernel.StartFailure failure) {
    return failure.report().diagnostics().stream()
        .map(Diagnostic::code)
        .anyMatch(PORT_IN_USE::equals);
  }

  /** Findings for people; where the endpoint listens is told at the end, where it is read. */
  private DiagnosticSink findings(List<String> listening) {
    Findings all = new Findings(app.terminal());
    return finding -> {
      if (finding.code().equals(LISTENING)) {
        listening.add(finding.message());
      } else {
        all.report(finding);
      }
    };
  }

  private void print(Report report) {
    PrintWriter out = app.terminal().out();
    ReportTables tables = new ReportTables(report, app.terminal().width());
    out.println("Recorded sessions of Hermes Agent and OpenClaw, read as `fairlead report` would:");
    for (ReportTables.By by :
        List.of(ReportTables.By.session, ReportTables.By.model, ReportTables.By.tool)) {
      out.println();
      tables.print(by, out);
    }
    out.println();
    tables.printNotes(out);
    out.flush();
  }
}
