package io.fairlead.core;

import io.fairlead.core.discovery.PluginLibrary;
import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.dispatch.Nanos;
import io.fairlead.core.dispatch.ProgramHub;
import io.fairlead.core.dispatch.StepFailure;
import io.fairlead.core.dispatch.SubscriberOutcome;
import io.fairlead.core.fault.Words;
import io.fairlead.core.log.LogException;
import io.fairlead.core.pricing.DefaultPricing;
import io.fairlead.core.validation.KernelSettings;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A plan that runs. Made all or nothing, changed all or nothing; ends in the reverse order within
 * one deadline. Changes and the end come one at a time: the owner sees to that.
 */
final class Kernel {

  private static final Duration ROLL_BACK_TIME = Duration.ofSeconds(2);
  private static final Duration SHORTEST_CLOSE = Duration.ofMillis(300);

  private final KernelOptions options;
  private final KernelSettings settings;
  private final RuntimeDiagnostics diagnostics;
  private final Dispatcher dispatcher;
  private final ProgramHub hub;
  private final ComponentMaker maker;
  private volatile Lineup lineup = Lineup.EMPTY;
  private volatile PluginLibrary library;

  private Kernel(
      Prepared prepared,
      KernelOptions options,
      Dispatcher dispatcher,
      RuntimeDiagnostics diagnostics) {
    this.options = options;
    this.settings = prepared.plan().settings();
    this.library = prepared.catalog().library();
    this.dispatcher = dispatcher;
    this.diagnostics = diagnostics;
    this.hub = new ProgramHub(dispatcher, options.clock());
    this.maker = new ComponentMaker(dispatcher, options, diagnostics);
  }

  /**
   * Starts a plan's enabled components.
   *
   * @throws InitializationException when the plan has errors or a component does not start; then
   *     nothing is left running
   */
  static Kernel start(Prepared prepared, KernelOptions options) throws InitializationException {
    ValidationReport report = prepared.plan().report();
    if (report.hasErrors()) {
      throw new InitializationException(report, null);
    }
    RuntimeDiagnostics diagnostics = new RuntimeDiagnostics(options.diagnostics());
    Dispatcher dispatcher;
    try {
      LogOpener.Logs logs = LogOpener.open(prepared.plan().settings(), options, diagnostics);
      dispatcher = new Dispatcher(logs.log(), logs.queue(), diagnostics, options.retryPauses());
    } catch (LogException e) {
      throw InitializationException.because(report, logFault(e), e);
    }
    Kernel kernel = new Kernel(prepared, options, dispatcher, diagnostics);
    try {
      kernel.change(prepared, true, true);
      return kernel;
    } catch (InitializationException e) {
      dispatcher.close(System.nanoTime() + ROLL_BACK_TIME.toNanos(), new ArrayList<>());
      throw e;
    }
  }

  /**
   * Puts other components in the place of those that run. The library of the new ones is taken.
   *
   * @param keep whether those that are configured as before stay
   * @throws InitializationException when one does not start; then the former ones go on, and the
   *     library is the caller's still
   */
  ReloadReport change(Prepared prepared, boolean keep) throws InitializationException {
    ReloadReport report = change(prepared, keep, false);
    PluginLibrary former = library;
    library = prepared.catalog().library();
    release(former.without(library));
    return report;
  }

  private ReloadReport change(Prepared prepared, boolean keep, boolean first)
      throws InitializationException {
    Lineup former = lineup;
    List<PlannedComponent> wanted = prepared.enabled();
    Changes changes = Changes.between(former, wanted, keep);
    Transition transition = new Transition(dispatcher, maker, diagnostics, former, changes, first);
    ValidationReport report = prepared.plan().report();
    try {
      lineup =
          transition.advance(
              wanted,
              defaultPricing(prepared.components(), former),
              first ? this::registerOwn : () -> {});
      transition.commit();
      return ReloadReport.applied(changes, transition.abandoned(), report);
    } catch (ComponentFault e) {
      throw undone(transition, report, e.diagnostic(), e.getCause());
    } catch (LogException e) {
      throw undone(transition, report, logFault(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Diagnostic interrupted =
          Diagnostic.error("component.start_failed", null, "The start was interrupted.");
      throw undone(transition, report, interrupted, e);
    } catch (RuntimeException e) {
      Diagnostic fault = Diagnostic.error("component.start_failed", null, Words.of(e));
      throw undone(transition, report, fault, e);
    }
  }

  private InitializationException undone(
      Transition transition,
      ValidationReport report,
      Diagnostic reason,
      @Nullable Throwable cause) {
    lineup = transition.undo();
    return InitializationException.because(report, reason, cause);
  }

  private static Diagnostic logFault(LogException e) {
    return Diagnostic.error(e.code(), null, String.valueOf(e.getMessage()));
  }

  /** The bundled prices, unless the document says something about prices, if only "disabled". */
  private @Nullable ModelPricing defaultPricing(List<PlannedComponent> all, Lineup former) {
    if (all.stream().anyMatch(c -> c.provider() instanceof PricingProvider)) {
      return null;
    }
    return former.byDefault() != null
        ? former.byDefault()
        : DefaultPricing.load(options.clock(), diagnostics).orElse(null);
  }

  private void registerOwn() throws ComponentFault, LogException, InterruptedException {
    for (Map.Entry<String, Subscriber> own : options.subscribers().entrySet()) {
      String name = own.getKey();
      try {
        dispatcher.register(
            new Dispatcher.Registration(
                name,
                null,
                own.getValue(),
                maker.beginning(),
                diagnostics,
                UnaryOperator.identity(),
                null));
      } catch (StepFailure e) {
        throw new ComponentFault(
            Diagnostic.error(
                "component.start_failed",
                name,
                "Subscriber '" + name + "' did not start: " + Words.of(e.reason())),
            e.reason());
      }
    }
  }

  KernelOptions options() {
    return options;
  }

  /** What cannot be changed while it runs. */
  KernelSettings settings() {
    return settings;
  }

  PluginLibrary library() {
    return library;
  }

  Lineup lineup() {
    return lineup;
  }

  ProgramHub hub() {
    return hub;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  RuntimeDiagnostics diagnostics() {
    return diagnostics;
  }

  /** Waits until every adapter has read all there is, or for the time given; null: for ever. */
  OnceReport awaitSources(@Nullable Duration timeout) throws InterruptedException {
    if (!options.readsEverything()) {
      throw new IllegalStateException("this kernel does not read everything and end");
    }
    long deadline = timeout == null ? 0 : System.nanoTime() + Nanos.of(timeout);
    List<String> failed = new ArrayList<>();
    List<String> unfinished = new ArrayList<>();
    List<AdapterComponent> adapters = lineup.of(AdapterComponent.class);
    for (AdapterComponent adapter : adapters) {
      try {
        boolean whole =
            timeout == null
                ? adapter.runner().done().get()
                : adapter
                    .runner()
                    .done()
                    .get(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
        if (!whole) {
          failed.add(adapter.instance());
        }
      } catch (TimeoutException | ExecutionException e) {
        unfinished.add(adapter.instance());
      }
    }
    int openTurns = adapters.stream().mapToInt(adapter -> adapter.runner().openTurns()).sum();
    return new OnceReport(openTurns, failed, unfinished);
  }

  /** Ends everything: adapters, open scopes, subscribers, interceptors, isolated plugins. */
  CloseReport close(Duration deadline) {
    long start = System.nanoTime();
    long end = start + Nanos.of(deadline);
    List<String> abandoned = new ArrayList<>();
    stopAdapters(start + Nanos.of(deadline) / 2, abandoned);
    hub.endOpenScopes();
    List<SubscriberOutcome> outcomes = dispatcher.close(end, abandoned);
    List<InterceptorComponent> latestFirst = new ArrayList<>(lineup.of(InterceptorComponent.class));
    Collections.reverse(latestFirst);
    for (InterceptorComponent interceptor : latestFirst) {
      Duration rest = Duration.ofNanos(end - System.nanoTime());
      interceptor.end(
          Component.Remains.NOTHING,
          rest.compareTo(SHORTEST_CLOSE) < 0 ? SHORTEST_CLOSE : rest,
          abandoned);
    }
    lineup = new Lineup(List.of(), null);
    release(library);
    library = PluginLibrary.NONE;
    return new CloseReport(outcomes, abandoned);
  }

  private void stopAdapters(long deadlineNanos, List<String> abandoned) {
    List<AdapterComponent> latestFirst = new ArrayList<>(lineup.of(AdapterComponent.class));
    Collections.reverse(latestFirst);
    latestFirst.forEach(adapter -> adapter.runner().stop());
    latestFirst.forEach(adapter -> adapter.awaitEnd(deadlineNanos, abandoned));
  }

  /** Lets go of plugins nobody uses any more, and tells of those that do not let go of us. */
  private void release(PluginLibrary unused) {
    unused.close().forEach(diagnostics::report);
    if (unused.isEmpty()) {
      return;
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      var plugin = thread.isAlive() ? unused.owner(thread.getContextClassLoader()) : null;
      if (plugin != null) {
        diagnostics.report(
            Diagnostic.warning(
                    PluginLibrary.NOT_RELEASED,
                    null,
                    "The plugin "
                        + plugin
                        + " has left the thread '"
                        + thread.getName()
                        + "' behind; its classes stay loaded.")
                .withHint("Its close has to end every thread it began."));
      }
    }
  }
}
