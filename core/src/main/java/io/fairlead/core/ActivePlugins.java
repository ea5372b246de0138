package io.fairlead.core;

import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.SubscriberHub;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration that runs. Thread-safe. Several may run in one program. */
public final class ActivePlugins implements AutoCloseable {

  /** How long {@link #close()} takes at most. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

  private final Kernel kernel;
  private final ValidationReport report;
  private @Nullable CloseReport closed;

  private ActivePlugins(Kernel kernel, ValidationReport report) {
    this.kernel = kernel;
    this.report = report;
  }

  /** Starts a plan whose components' configuration has all its references resolved. */
  static ActivePlugins start(Plan plan, List<PlannedComponent> resolved, KernelOptions options)
      throws InitializationException {
    return new ActivePlugins(Kernel.start(plan, resolved, options), plan.report());
  }

  /**
   * Waits until everything taken in so far was delivered by every subscriber, or the time is over,
   * and says how it went. Never throws for trouble with delivery.
   */
  public FlushReport flush(Duration timeout) {
    return new FlushReport(kernel.dispatcher().flush(timeout));
  }

  /** What the kernel counts, live. */
  public KernelStatus status() {
    return kernel.dispatcher();
  }

  /** What is asked for prices, in this order; the bundled table when the document names none. */
  public List<ModelPricing> pricings() {
    return kernel.pricings();
  }

  /** The door for the program's own subscribers and events. */
  public SubscriberHub hub() {
    return kernel.hub();
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

  /** What was said about the document. */
  public ValidationReport report() {
    return report;
  }

  /**
   * Ends everything within a time: adapters stop, scopes the program left open are ended and marked
   * incomplete, subscribers deliver what is pending and are closed, all in parallel. What hangs is
   * interrupted, then abandoned and named. Never throws for trouble with delivery; closing again
   * gives the first report.
   */
  public synchronized CloseReport close(Duration deadline) {
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
