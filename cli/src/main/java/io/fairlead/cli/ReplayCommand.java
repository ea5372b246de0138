package io.fairlead.cli;

import io.fairlead.spi.config.ConfigNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = {
      "Send ATOF event files through the configured exporters.",
      "Runtimes of the configuration are not read. Fails unless everything was delivered."
    })
final class ReplayCommand implements Callable<Integer> {

  private static final Duration FLUSH = Duration.ofMinutes(5);
  private static final Duration CLOSE = Duration.ofSeconds(3);
  private static final int MOST_BAD_LINES_SHOWN = 10;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(arity = "1..*", paramLabel = "EVENTS.jsonl", description = "ATOF files, in order.")
  private List<Path> files = List.of();

  private final App app;

  ReplayCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() throws CommandFailure {
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new CommandFailure("cannot read " + file);
      }
    }
    Host host = app.host();
    LaunchSettings settings =
        LaunchSettings.once(host.pluginsDir(config.pluginsDir), new Findings(app.terminal()));
    Launcher launcher = new Launcher(app);
    Kernel.Running running = launcher.start(document(launcher, settings), settings);
    try {
      return replay(running);
    } finally {
      running.close(CLOSE);
    }
  }

  private Kernel.Document document(Launcher launcher, LaunchSettings settings)
      throws CommandFailure {
    Path file = new ConfigLocator(app.host()).require(config.file);
    Kinds kinds = new Kinds(app.kernel().catalog(settings.pluginsDir()));
    ConfigNode.Table whole = launcher.checked(file, settings);
    Launcher.require(whole, kinds::delivers, file, "delivers anything");
    ConfigNode.Table exporters = Documents.keeping(whole, kind -> !kinds.reads(kind));
    // A file can wait for a slow backend; nothing of it may be lost to a full queue.
    return app.kernel().of(Documents.with(exporters, "overflow", Documents.text("block")));
  }

  private int replay(Kernel.Running running) throws CommandFailure {
    long bad = 0;
    Kernel.Delivery delivery;
    try (Progress progress = Progress.begin(app.terminal(), running::status)) {
      for (Path file : files) {
        bad += replay(file, running);
      }
      delivery = running.flush(FLUSH);
    }
    new OnceSummary(app.terminal().err())
        .print(running.status().events(), new Kernel.Sources(0, List.of()), delivery);
    return bad == 0 && delivery.isComplete() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private long replay(Path file, Kernel.Running running) throws CommandFailure {
    BadLines badLines = new BadLines(file, app.terminal().err());
    try {
      app.eventFiles().read(file, running::emit, badLines);
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
    return badLines.end();
  }

  /** Shows the first bad lines of a file and counts them all. */
  private static final class BadLines implements EventFiles.BadLine {
    private final Path file;
    private final PrintWriter err;
    private long count;

    BadLines(Path file, PrintWriter err) {
      this.file = file;
      this.err = err;
    }

    @Override
    public void accept(long line, String reason) {
      count++;
      if (count <= MOST_BAD_LINES_SHOWN) {
        err.println(file + ":" + line + ": " + reason);
      }
    }

    long end() {
      if (count > MOST_BAD_LINES_SHOWN) {
        err.println(file + ": " + count + " bad lines in all");
      }
      return count;
    }
  }
}
