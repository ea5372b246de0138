package io.fairlead.core;

import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.core.lifecycle.AdapterRunner;
import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A component that reads a runtime. */
final class AdapterComponent extends Component {

  private final AdapterRunner runner;
  private boolean opened;

  AdapterComponent(
      PlannedComponent planned,
      ComponentScope scope,
      RuntimeAdapterProvider provider,
      Dispatcher dispatcher,
      Pauses pauses)
      throws ComponentFault, InterruptedException {
    super(planned, scope);
    RuntimeAdapter adapter =
        Steps.start(scope, () -> Objects.requireNonNull(provider.create(scope), "no adapter"));
    this.runner = new AdapterRunner(scope, adapter, dispatcher, pauses);
  }

  AdapterRunner runner() {
    return runner;
  }

  @Override
  void open() throws ComponentFault, InterruptedException {
    opened = true;
    Steps.start(
        scope(),
        () -> {
          runner.start();
          return runner;
        });
  }

  @Override
  void begin() {
    runner.begin();
  }

  @Override
  void end(Remains remains, Duration time, List<String> abandoned) {
    if (!opened) {
      Steps.end(scope(), "adapter", runner::discard, time, abandoned);
      return;
    }
    runner.stop();
    awaitEnd(System.nanoTime() + time.toNanos(), abandoned);
  }

  /**
   * Waits for the end of a stopped adapter, whoever interrupts. An interrupt is passed on.
   *
   * @param deadlineNanos of {@link System#nanoTime}
   */
  void awaitEnd(long deadlineNanos, List<String> abandoned) {
    boolean interrupted = false;
    while (true) {
      try {
        if (!runner.awaitEnd(deadlineNanos - System.nanoTime())) {
          abandoned.add(instance());
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
