package io.fairlead.cli;

import io.fairlead.cli.report.Report;
import io.fairlead.cli.report.ReportAggregator;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads sources to their end and adds up what they hold. */
final class ReportRun implements AutoCloseable {

  private static final Duration FLUSH = Duration.ofMinutes(1);
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private final App app;
  private final ReportAggregator aggregator = new ReportAggregator();
  private Kernel.@Nullable Running running;
  private Kernel.Sources sources = new Kernel.Sources(0, List.of());

  ReportRun(App app) {
    this.app = app;
  }

  /** Settings that make the components of a start feed this run. */
  LaunchSettings feeding(LaunchSettings settings) {
    return settings.withSubscriber(ReportAggregator.NAME, aggregator);
  }

  /** Reads everything there is. */
  void read(Kernel.Running started) throws InterruptedException {
    running = started;
    try (Progress progress = Progress.begin(app.terminal(), started::status)) {
      sources = started.awaitSources();
      started.flush(FLUSH);
    }
    for (String failure : sources.failures()) {
      app.terminal().err().println("not read: " + failure);
    }
  }

  /** What was read. */
  Report report(@Nullable Long sinceNanos) throws CommandFailure {
    try {
      return aggregator.report(sinceNanos, sources.openTurns());
    } catch (UncheckedIOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether every source was read. */
  boolean isComplete() {
    return sources.failures().isEmpty();
  }

  /** Stops the components; safe when nothing was started and when called again. */
  @Override
  public synchronized void close() {
    Kernel.Running started = running;
    running = null;
    if (started != null) {
      started.close(CLOSE);
    }
    aggregator.close();
  }
}
