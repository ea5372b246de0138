package io.fairlead.cli;

import io.fairlead.spi.config.ConfigNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;

final class ReplayCommand extends Subcommand {

  private static final Duration FLUSH = Duration.ofMinutes(5);

  /** Nothing more will be taken where it was not, and who stops a command waits for it. */
  private static final Duration STOP = Duration.ofSeconds(3);

  /** What the files leave open is delivered at the close; nothing comes again to make up for it. */
  private static final Duration CLOSE = Duration.ofMinutes(1);

  private static final int MOST_BAD_LINES_SHOWN = 10;

  ReplayCommand(App app) {
    super(
        app,
        "replay",
        "Send ATOF event files through the configured exporters.",
        "Runtimes of the configuration are not read. Fails unless everything was delivered.");
    addConfig();
    add(
        PositionalParamSpec.builder()
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .paramLabel("EVENTS.jsonl")
            .description("ATOF files, in order.")
            .build());
  }

  @Override
  public Integer call() throws CommandFailure {
    List<Path> files = files();
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new CommandFailure("cannot read " + file);
      }
    }
    Host host = app.host();
    LaunchSettings settings = LaunchSettings.once(pluginsDir(), new Findings(app.terminal()));
    Launcher launcher = new Launcher(app);
    Kernel.Running running = launcher.start(document(launcher, settings), settings);
    Outcome outcome = Outcome.STOPPED;
    try {
      outcome = replay(files, running);
      return outcome.isFine() ? ExitCodes.OK : ExitCodes.FAILED;
    } finally {
      running.close(outcome.delivered() ? CLOSE : STOP);
    }
  }

  private record Outcome(long badLines, boolean delivered) {

    static final Outcome STOPPED = new Outcome(0, false);

    boolean isFine() {
      return badLines == 0 && delivered;
    }
  }

  private List<Path> files() {
    return spec().commandLine().getParseResult().matchedPositionalValue(0, List.<Path>of());
  }

  private Kernel.Document document(Launcher launcher, LaunchSettings settings)
      throws CommandFailure {
    Kernel.Document found = new ConfigLocator(app).require(config());
    Kinds kinds = Kinds.of(app.kernel(), settings.pluginsDir());
    ConfigNode.Table whole = launcher.checked(found, settings);
    Launcher.require(found, kinds::delivers, "delivers anything");
    ConfigNode.Table exporters = Documents.keeping(whole, kind -> !kinds.reads(kind));
    // A file can wait for a slow backend; nothing of it may be lost to a full queue.
    return found.with(Documents.with(exporters, "overflow", Documents.text("block")));
  }

  private Outcome replay(List<Path> files, Kernel.Running running) throws CommandFailure {
    long bad = 0;
    Kernel.Delivery delivery;
    try (Progress progress = Progress.begin(app.terminal(), running::status)) {
      for (Path file : files) {
        bad += replay(file, running);
      }
      progress.delivering();
      delivery = running.flush(FLUSH);
    }
    new OnceSummary(app.terminal().err(), "what waits was not sent; replay the files again")
        .print(running.status().events(), new Kernel.Sources(0, List.of()), delivery);
    return new Outcome(bad, delivery.isComplete());
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
