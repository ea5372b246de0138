package io.fairlead.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

final class RunCommand extends Subcommand {

  /** How long a stop may take: a second or two less than what service managers give. */
  private static final Duration FLUSH_AT_STOP = Duration.ofSeconds(5);

  private static final Duration CLOSE = Duration.ofSeconds(3);

  /** How long {@code --once} waits for a backend that takes nothing: four attempts. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** How often to look whether the configuration has changed. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final String ONCE = "--once";

  RunCommand(App app) {
    super(
        app,
        "run",
        "Watch agent runtimes and deliver what they do.",
        "Without a configuration: finds Hermes and OpenClaw, reads them and serves Prometheus on"
            + " 127.0.0.1:9464.",
        "A configuration that is changed meanwhile is taken over; one with errors is not.");
    addConfig();
    add(
        Options.flag(
            ONCE, "Read everything there is, deliver it and end; fails unless all was delivered."));
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Host host = app.host();
    boolean once = isSet(ONCE);
    LaunchSettings settings =
        LaunchSettings.durable(host.stateDir(), pluginsDir(), new Findings(app.terminal()))
            .readingEverything(once);
    Stopping stopping = new Stopping();
    try (StopSignal.Guard guard = app.stop().onStop(stopping::stop)) {
      ConfigSource source = new ConfigSource(app, config());
      ConfigWatch watch = new ConfigWatch(source::files, settings.pluginsDir());
      Kernel.Running running = new Launcher(app).start(source.load(), settings);
      stopping.started(running);
      return once
          ? runOnce(running, stopping)
          : runUntilStopped(new Reloading(app, source, watch, running));
    } finally {
      stopping.stop();
    }
  }

  private int runUntilStopped(Reloading reloading) throws InterruptedException {
    app.terminal().err().println("running; Ctrl-C stops");
    app.terminal().err().flush();
    while (!app.stop().await(LOOK_EVERY)) {
      reloading.look();
    }
    return ExitCodes.OK;
  }

  private int runOnce(Kernel.Running running, Stopping stopping) throws InterruptedException {
    Kernel.Sources sources;
    Kernel.Delivery delivery;
    try (Progress progress = Progress.begin(app.terminal(), running::status)) {
      sources = running.awaitSources();
      progress.delivering();
      delivery = flushWhileItMoves(running);
    }
    stopping.close();
    new OnceSummary(
            app.terminal().err(), "what waits is kept in the journal; the next run sends it")
        .print(running.status().events(), sources, delivery);
    return sources.failures().isEmpty() && delivery.isComplete() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private static Kernel.Delivery flushWhileItMoves(Kernel.Running running) {
    long before = Progress.pending(running.status());
    Kernel.Delivery delivery = running.flush(PATIENCE);
    while (delivery.pending() > 0 && delivery.pending() < before) {
      before = delivery.pending();
      delivery = running.flush(PATIENCE);
    }
    return delivery;
  }

  /**
   * Ends the components once, whoever comes first; the second waits for the first. Who is asked to
   * stop before anything was started has nothing to end.
   */
  private static final class Stopping {
    private Kernel.@Nullable Running running;
    private boolean stopped;

    synchronized void started(Kernel.Running components) {
      running = components;
      if (stopped) {
        components.close(CLOSE);
      }
    }

    synchronized void stop() {
      if (running != null && !stopped) {
        running.flush(FLUSH_AT_STOP);
      }
      close();
    }

    /** Closes without waiting for deliveries again. */
    synchronized void close() {
      if (running != null && !stopped) {
        running.close(CLOSE);
      }
      stopped = true;
    }
  }
}
