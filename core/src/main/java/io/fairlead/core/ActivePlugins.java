package io.fairlead.core;

import io.fairlead.core.dispatch.Nanos;
import io.fairlead.core.instrumentation.Instrumentation;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.SubscriberHub;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that runs. Thread-safe. Several may run in one program. Changes of the
 * configuration come one after the other; a close ends one that is on its way.
 */
public final class ActivePlugins implements AutoCloseable {

  /** How long {@link #close()} takes at most. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

  private final Kernel kernel;

  /** Held by who changes or ends what runs. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Whoever flushes reads the line-up; whoever changes it waits until nobody does. */
  private final ReentrantReadWriteLock flushing = new ReentrantReadWriteLock();

  private volatile ValidationReport report;
  private volatile boolean closing;
  private final Object interrupting = new Object();
  private @Nullable Thread changer;
  private boolean changerInterrupted;
  private @Nullable CloseReport closed;

  private ActivePlugins(Kernel kernel, ValidationReport report) {
    this.kernel = kernel;
    this.report = report;
  }

  /** Starts what was prepared; takes its catalog. */
  static ActivePlugins start(Prepared prepared, KernelOptions options)
      throws InitializationException {
    try {
      return new ActivePlugins(Kernel.start(prepared, options), prepared.plan().report());
    } catch (InitializationException | RuntimeException | Error e) {
      prepared.catalog().close();
      throw e;
    }
  }

  /**
   * Goes over to another document. Components whose configuration and plugin are the same are not
   * touched; the others are started, restarted or stopped. All or nothing: when the document has
   * errors or a component does not start, what was stopped for it is started again, the former
   * configuration goes on, and that is a runtime diagnostic {@code config.reload_failed}. No event
   * is lost: a subscriber that is restarted goes on where it stopped.
   *
   * <p>Where events are kept ({@code data_dir} and its like) is not changed; the report says so.
   * Never throws for what is wrong with the document or a plugin.
   */
  public ReloadReport reload(PluginConfig document) {
    try {
      return change(document, true);
    } catch (InitializationException e) {
      return ReloadReport.refused(kernel.lineup(), List.of(), e.report());
    }
  }

  /** See {@link PluginConfig#initialize(ActivePlugins)}. */
  ReloadReport replace(PluginConfig document) throws InitializationException {
    return change(document, false);
  }

  private ReloadReport change(PluginConfig document, boolean keep) throws InitializationException {
    changing.lock();
    try {
      changes(Thread.currentThread());
      if (closing) {
        throw failed(
            new InitializationException(
                new ValidationReport(
                    List.of(
                        Diagnostic.error("config.closed", null, "What ran is closed already."))),
                null));
      }
      Prepared prepared = document.prepare(kernel.options(), kernel.library(), kernel.settings());
      return changeTo(prepared, keep);
    } catch (InitializationException e) {
      throw failed(e);
    } finally {
      changes(null);
      changing.unlock();
    }
  }

  /** Says who may be interrupted by a close. An interrupt by a close is gone afterwards. */
  private void changes(@Nullable Thread thread) {
    synchronized (interrupting) {
      changer = thread;
      if (changerInterrupted) {
        changerInterrupted = false;
        Thread.interrupted();
      }
    }
  }

  private void interruptChanger() {
    synchronized (interrupting) {
      if (changer != null) {
        changerInterrupted = true;
        changer.interrupt();
      }
    }
  }

  private ReloadReport changeTo(Prepared prepared, boolean keep) throws InitializationException {
    Lock alone = flushing.writeLock();
    alone.lock();
    try {
      ReloadReport changed = kernel.change(prepared, keep);
      report = prepared.plan().report();
      prepared.plan().report().diagnostics().stream()
          .filter(finding -> finding.code().equals(FixedSettings.RESTART_NEEDED))
          .forEach(kernel.diagnostics()::report);
      return changed;
    } catch (InitializationException | RuntimeException | Error e) {
      prepared.catalog().library().without(kernel.library()).close();
      throw e;
    } finally {
      alone.unlock();
    }
  }

  private InitializationException failed(InitializationException failure) {
    kernel
        .diagnostics()
        .report(
            Diagnostic.error(
                    "config.reload_failed",
                    null,
                    "The new configuration was not taken: " + failure.getMessage())
                .withHint("The former configuration goes on."));
    return failure;
  }

  /**
   * Waits until everything taken in so far was delivered by every subscriber, or the time is over,
   * and says how it went. Never throws for trouble with delivery.
   */
  public FlushReport flush(Duration timeout) {
    long deadline = System.nanoTime() + Nanos.of(timeout);
    Lock shared = flushing.readLock();
    boolean held = tryLock(shared, timeout);
    try {
      Duration rest = Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0));
      return new FlushReport(kernel.dispatcher().flush(rest));
    } finally {
      if (held) {
        shared.unlock();
      }
    }
  }

  private static boolean tryLock(Lock lock, Duration time) {
    try {
      return lock.tryLock(Nanos.of(time), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the kernel counts, live. */
  public KernelStatus status() {
    return kernel.dispatcher();
  }

  /** What is asked for prices, in this order; the bundled table when the document names none. */
  public List<ModelPricing> pricings() {
    return kernel.lineup().pricings();
  }

  /** The door for the program's own subscribers and events. */
  public SubscriberHub hub() {
    return kernel.hub();
  }

  /**
   * For scopes and marks of the program's own code: emits into {@link #hub()}, with this kernel's
   * clock; misuse shows among {@link #runtimeDiagnostics()}.
   */
  public Instrumentation.Builder instrumentation() {
    return Instrumentation.builder(kernel.hub())
        .clock(kernel.options().clock())
        .diagnostics(kernel.diagnostics());
  }

  /**
   * In a run that {@linkplain KernelOptions#readsEverything() reads everything}: waits until each
   * adapter found nothing new twice in a row, or gave up.
   *
   * @param timeout how long to wait; null: as long as it takes
   * @throws IllegalStateException in any other run
   */
  public OnceReport awaitSources(@Nullable Duration timeout) throws InterruptedException {
    return kernel.awaitSources(timeout);
  }

  /** Findings since the start, in order of first appearance; bounded. */
  public List<RuntimeDiagnostic> runtimeDiagnostics() {
    return kernel.diagnostics().all();
  }

  /** What was said about the document that runs. */
  public ValidationReport report() {
    return report;
  }

  /**
   * Ends everything within a time: adapters stop, scopes the program left open are ended and marked
   * incomplete, subscribers deliver what is pending and are closed, all in parallel. What hangs is
   * interrupted, then abandoned and named. Never throws for trouble with delivery; closing again
   * gives the first report.
   */
  public CloseReport close(Duration deadline) {
    long start = System.nanoTime();
    closing = true;
    boolean held = changing.tryLock();
    if (!held) {
      interruptChanger(); // a component that does not start must not hold up the end
      held = tryLock(changing, deadline.dividedBy(2));
    }
    try {
      return closeOnce(Duration.ofNanos(Nanos.of(deadline) - (System.nanoTime() - start)));
    } finally {
      if (held) {
        changing.unlock();
      }
    }
  }

  private synchronized CloseReport closeOnce(Duration deadline) {
    if (closed == null) {
      closed = kernel.close(deadline);
    }
    return closed;
  }

  /** Ends everything within {@link #DEFAULT_DEADLINE}. */
  @Override
  public void close() {
    close(DEFAULT_DEADLINE);
  }

  /** The same as {@link #close()}. */
  public void clear() {
    close();
  }
}
