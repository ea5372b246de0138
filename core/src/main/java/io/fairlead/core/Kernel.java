package io.fairlead.core;

import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.dispatch.Nanos;
import io.fairlead.core.dispatch.ProgramHub;
import io.fairlead.core.dispatch.SubscriberOutcome;
import io.fairlead.core.fault.Words;
import io.fairlead.core.lifecycle.AdapterRunner;
import io.fairlead.core.log.LogException;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan that runs. Made all or nothing; ends in the reverse order within one deadline. */
final class Kernel {

  private static final Duration ROLL_BACK_TIME = Duration.ofSeconds(2);

  private final Dispatcher dispatcher;
  private final ProgramHub hub;
  private final RuntimeDiagnostics diagnostics;
  private final List<Interceptor> interceptors;
  private final List<AdapterRunner> adapters;
  private final List<ModelPricing> pricings;
  private final boolean readsEverything;

  private Kernel(
      Dispatcher dispatcher,
      Startup startup,
      RuntimeDiagnostics diagnostics,
      KernelOptions options) {
    this.dispatcher = dispatcher;
    this.hub = new ProgramHub(dispatcher, options.clock());
    this.diagnostics = diagnostics;
    this.interceptors = List.copyOf(startup.interceptors());
    this.adapters = List.copyOf(startup.adapters());
    this.pricings = List.copyOf(startup.pricings());
    this.readsEverything = options.readsEverything();
  }

  /**
   * Starts a plan's enabled components.
   *
   * @throws InitializationException when the plan has errors or a component does not start; then
   *     nothing is left running
   */
  static Kernel start(Plan plan, List<PlannedComponent> components, KernelOptions options)
      throws InitializationException {
    ValidationReport report = plan.report();
    if (report.hasErrors()) {
      throw new InitializationException(report, null);
    }
    RuntimeDiagnostics diagnostics = new RuntimeDiagnostics(options.diagnostics());
    Dispatcher dispatcher;
    try {
      LogOpener.Logs logs = LogOpener.open(plan.settings(), options, diagnostics);
      dispatcher = new Dispatcher(logs.log(), logs.queue(), diagnostics, options.retryPauses());
    } catch (LogException e) {
      throw failure(report, logFault(e), e);
    }
    warnOfPlugins(options.pluginsDir(), diagnostics);
    Startup startup = new Startup(dispatcher, options, diagnostics);
    try {
      startup.start(components);
      return new Kernel(dispatcher, startup, diagnostics, options);
    } catch (Startup.Fault e) {
      throw rolledBack(startup, dispatcher, failure(report, e.diagnostic(), e.getCause()));
    } catch (LogException e) {
      throw rolledBack(startup, dispatcher, failure(report, logFault(e), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Diagnostic interrupted =
          Diagnostic.error("component.start_failed", null, "The start was interrupted.");
      throw rolledBack(startup, dispatcher, failure(report, interrupted, e));
    } catch (RuntimeException e) {
      Diagnostic fault = Diagnostic.error("component.start_failed", null, Words.of(e));
      throw rolledBack(startup, dispatcher, failure(report, fault, e));
    }
  }

  /** Plugins must not lie in a directory unnoticed. */
  private static void warnOfPlugins(@Nullable Path directory, RuntimeDiagnostics diagnostics) {
    if (directory == null || !Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.anyMatch(file -> file.toString().endsWith(".jar"))) {
        diagnostics.report(
            Diagnostic.warning(
                    "plugin.directory_ignored",
                    null,
                    "The plugins in " + directory + " are not loaded by this version.")
                .withHint("Put their JARs on the class path."));
      }
    } catch (IOException | UncheckedIOException e) {
      // What cannot be listed could not be loaded either.
    }
  }

  private static Diagnostic logFault(LogException e) {
    return Diagnostic.error(e.code(), null, String.valueOf(e.getMessage()));
  }

  private static InitializationException failure(
      ValidationReport report, Diagnostic reason, @Nullable Throwable cause) {
    List<Diagnostic> all = new ArrayList<>(report.diagnostics());
    all.add(reason);
    return new InitializationException(new ValidationReport(all), cause);
  }

  private static InitializationException rolledBack(
      Startup startup, Dispatcher dispatcher, InitializationException failure) {
    startup.rollBack(failure);
    dispatcher.close(System.nanoTime() + ROLL_BACK_TIME.toNanos(), new ArrayList<>());
    return failure;
  }

  ProgramHub hub() {
    return hub;
  }

  List<ModelPricing> pricings() {
    return pricings;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  RuntimeDiagnostics diagnostics() {
    return diagnostics;
  }

  /** Waits until every adapter has read all there is, or for the time given; null: for ever. */
  OnceReport awaitSources(@Nullable Duration timeout) throws InterruptedException {
    if (!readsEverything) {
      throw new IllegalStateException("this kernel does not read everything and end");
    }
    long deadline = timeout == null ? 0 : System.nanoTime() + Nanos.of(timeout);
    List<String> failed = new ArrayList<>();
    List<String> unfinished = new ArrayList<>();
    for (AdapterRunner adapter : adapters) {
      try {
        boolean whole =
            timeout == null
                ? adapter.done().get()
                : adapter
                    .done()
                    .get(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
        if (!whole) {
          failed.add(adapter.instance());
        }
      } catch (TimeoutException | ExecutionException e) {
        unfinished.add(adapter.instance());
      }
    }
    int openTurns = adapters.stream().mapToInt(AdapterRunner::openTurns).sum();
    return new OnceReport(openTurns, failed, unfinished);
  }

  /** Ends everything: adapters, open scopes, subscribers, interceptors. */
  CloseReport close(Duration deadline) {
    long start = System.nanoTime();
    List<String> abandoned = new ArrayList<>();
    boolean interrupted = stopAdapters(start + Nanos.of(deadline) / 2, abandoned);
    hub.endOpenScopes();
    List<SubscriberOutcome> outcomes = dispatcher.close(start + Nanos.of(deadline), abandoned);
    List<Interceptor> latestFirst = new ArrayList<>(interceptors);
    Collections.reverse(latestFirst);
    for (Interceptor interceptor : latestFirst) {
      try {
        interceptor.close();
      } catch (Exception | LinkageError e) {
        diagnostics.report(Diagnostic.warning("interceptor.close_failed", null, Words.of(e)));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new CloseReport(outcomes, abandoned);
  }

  private boolean stopAdapters(long deadlineNanos, List<String> abandoned) {
    List<AdapterRunner> latestFirst = new ArrayList<>(adapters);
    Collections.reverse(latestFirst);
    latestFirst.forEach(AdapterRunner::stop);
    boolean interrupted = false;
    for (AdapterRunner adapter : latestFirst) {
      boolean asked = false;
      while (!asked) {
        try {
          if (!adapter.awaitEnd(deadlineNanos - System.nanoTime())) {
            abandoned.add(adapter.instance());
          }
          asked = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    return interrupted;
  }
}
