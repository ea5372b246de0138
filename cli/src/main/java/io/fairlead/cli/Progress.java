package io.fairlead.cli;

import io.fairlead.spi.KernelStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells a person that a long read goes on: a line on {@code err} every so often, rewritten in place
 * on a terminal. A read that is over sooner shows nothing.
 */
final class Progress implements AutoCloseable {

  private static final Duration ON_A_TERMINAL = Duration.ofSeconds(1);
  private static final Duration IN_A_LOG = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final boolean rewrites;
  private final Supplier<KernelStatus> status;
  private final ScheduledExecutorService ticks;
  private volatile boolean delivering;
  private boolean shown;

  private Progress(Terminal terminal, Supplier<KernelStatus> status) {
    this.err = terminal.err();
    this.rewrites = terminal.errIsTerminal();
    this.status = status;
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "fairlead-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to tell. */
  static Progress begin(Terminal terminal, Supplier<KernelStatus> status) {
    Progress progress = new Progress(terminal, status);
    long pause = (progress.rewrites ? ON_A_TERMINAL : IN_A_LOG).toMillis();
    progress.ticks.scheduleAtFixedRate(progress::tick, pause, pause, TimeUnit.MILLISECONDS);
    return progress;
  }

  /** From now on tells what still waits to be delivered. */
  void delivering() {
    delivering = true;
  }

  /** How many events still wait, over all subscribers. */
  static long pending(KernelStatus status) {
    return status.subscribers().stream().mapToLong(KernelStatus.SubscriberStatus::pending).sum();
  }

  private String line() {
    KernelStatus now = status.get();
    return delivering
        ? String.format(Locale.ROOT, "delivering: %,d events wait", pending(now))
        : String.format(Locale.ROOT, "reading: %,d events", now.events());
  }

  private synchronized void tick() {
    if (ticks.isShutdown()) {
      return;
    }
    err.print(rewrites ? "\r" + line() + "\033[K" : line() + System.lineSeparator());
    err.flush();
    shown = true;
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    clear();
  }

  private synchronized void clear() {
    if (shown && rewrites) {
      err.print("\r\033[K");
      err.flush();
    }
    shown = false;
  }
}
