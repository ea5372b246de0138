package io.fairlead.core;

import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.dispatch.InterceptorChain;
import io.fairlead.core.dispatch.StepFailure;
import io.fairlead.core.fault.Words;
import io.fairlead.core.lifecycle.AdapterRunner;
import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogException;
import io.fairlead.core.pricing.DefaultPricing;
import io.fairlead.core.pricing.PricingInterceptor;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings components up in the order pricing, interceptors, exporters, adapters, and remembers how
 * to take each down again. Used once, by the initializing thread.
 */
final class Startup {

  private static final Duration UNDO_TIME = Duration.ofSeconds(2);

  private final Dispatcher dispatcher;
  private final KernelOptions options;
  private final DiagnosticSink diagnostics;
  private final ComponentScope.Surroundings surroundings;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Interceptor> interceptors = new ArrayList<>();
  private final List<AdapterRunner> adapters = new ArrayList<>();
  private final List<ModelPricing> pricings = new ArrayList<>();

  Startup(Dispatcher dispatcher, KernelOptions options, DiagnosticSink diagnostics) {
    this.dispatcher = dispatcher;
    this.options = options;
    this.diagnostics = diagnostics;
    this.surroundings =
        new ComponentScope.Surroundings(
            options.environment(),
            options.clock(),
            options.readsEverything(),
            diagnostics,
            dispatcher);
  }

  /** Why a component did not start. */
  static final class Fault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    Fault(Diagnostic diagnostic, @Nullable Throwable cause) {
      super(diagnostic.message(), cause);
      this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  /** Interceptors in the order they were made. */
  List<Interceptor> interceptors() {
    return interceptors;
  }

  /** Pricings in the order they are asked. */
  List<ModelPricing> pricings() {
    return pricings;
  }

  /** Adapters in document order. */
  List<AdapterRunner> adapters() {
    return adapters;
  }

  /** Starts everything, or throws with whatever was started still to be rolled back. */
  void start(List<PlannedComponent> components) throws Fault, LogException, InterruptedException {
    List<ComponentScope> scopes = new ArrayList<>();
    List<PlannedComponent> enabled = components.stream().filter(PlannedComponent::enabled).toList();
    enabled.forEach(component -> scopes.add(new ComponentScope(component, surroundings)));
    startInterceptors(enabled, scopes, defaultPricing(components));
    for (int i = 0; i < enabled.size(); i++) {
      if (enabled.get(i).provider() instanceof ExporterProvider provider) {
        startExporter(scopes.get(i), provider);
      }
    }
    for (Map.Entry<String, Subscriber> own : options.subscribers().entrySet()) {
      startSubscriber(own.getKey(), own.getValue());
    }
    dispatcher.forgetOthers();
    for (int i = 0; i < enabled.size(); i++) {
      if (enabled.get(i).provider() instanceof RuntimeAdapterProvider provider) {
        startAdapter(scopes.get(i), provider);
      }
    }
    adapters.forEach(AdapterRunner::begin);
  }

  /** Takes down what was started, the latest first. What that throws is added to the failure. */
  void rollBack(Throwable failure) {
    for (Runnable step : undo) {
      try {
        step.run();
      } catch (Throwable e) { // a plugin may throw anything, and the rest must come down too
        failure.addSuppressed(e);
      }
    }
  }

  /** The bundled prices, unless the document says something about prices, if only "disabled". */
  private Optional<ModelPricing> defaultPricing(List<PlannedComponent> components) {
    return components.stream().anyMatch(c -> c.provider() instanceof PricingProvider)
        ? Optional.empty()
        : DefaultPricing.load(options.clock(), diagnostics);
  }

  private void startInterceptors(
      List<PlannedComponent> enabled, List<ComponentScope> scopes, Optional<ModelPricing> byDefault)
      throws Fault, InterruptedException {
    byDefault.ifPresent(pricings::add);
    for (int i = 0; i < enabled.size(); i++) {
      ComponentScope scope = scopes.get(i);
      if (enabled.get(i).provider() instanceof PricingProvider provider) {
        pricings.add(step(scope, () -> provider.create(scope)));
      }
    }
    List<InterceptorChain.Link> links = new ArrayList<>();
    for (int i = 0; i < enabled.size(); i++) {
      ComponentScope scope = scopes.get(i);
      if (enabled.get(i).provider() instanceof InterceptorProvider provider) {
        links.add(step(scope, () -> link(scope, provider.create(scope))));
      }
    }
    if (!pricings.isEmpty()) {
      links.add(
          new InterceptorChain.Link(
              "model_pricing", new PricingInterceptor(pricings), diagnostics, null));
    }
    dispatcher.intercept(new InterceptorChain(links));
  }

  private InterceptorChain.Link link(ComponentScope scope, Interceptor interceptor) {
    undo.push(interceptor::close);
    interceptors.add(interceptor);
    ClassLoader own = getClass().getClassLoader();
    return new InterceptorChain.Link(
        scope.instance(),
        interceptor,
        scope.diagnostics(),
        scope.loader() == own ? null : scope.loader());
  }

  private void startExporter(ComponentScope scope, ExporterProvider provider)
      throws Fault, InterruptedException {
    List<Subscriber> made = step(scope, () -> List.copyOf(provider.create(scope)));
    for (int i = 0; i < made.size(); i++) {
      Subscriber subscriber = made.get(i);
      try {
        step(scope, () -> register(registration(scope, subscriber)));
      } catch (Fault | InterruptedException e) {
        made.subList(i, made.size()).forEach(unstarted -> undo.push(unstarted::close));
        throw e;
      }
    }
  }

  private Dispatcher.Registration registration(ComponentScope scope, Subscriber subscriber) {
    return new Dispatcher.Registration(
        qualified(scope.instance(), subscriber.name()),
        scope.instance(),
        subscriber,
        beginning(),
        scope.diagnostics(),
        scope::scrub,
        scope.loader());
  }

  private void startSubscriber(String name, Subscriber subscriber)
      throws Fault, LogException, InterruptedException {
    try {
      register(
          new Dispatcher.Registration(
              name, null, subscriber, beginning(), diagnostics, UnaryOperator.identity(), null));
    } catch (StepFailure e) {
      throw new Fault(
          Diagnostic.error(
              "component.start_failed",
              name,
              "Subscriber '" + name + "' did not start: " + Words.of(e.reason())),
          e.reason());
    }
  }

  private boolean register(Dispatcher.Registration registration)
      throws StepFailure, LogException, InterruptedException {
    dispatcher.register(registration);
    undo.push(() -> dispatcher.deregister(registration.name(), UNDO_TIME, false));
    return true;
  }

  private void startAdapter(ComponentScope scope, RuntimeAdapterProvider provider)
      throws Fault, InterruptedException {
    RuntimeAdapter adapter = step(scope, () -> provider.create(scope));
    AdapterRunner runner = new AdapterRunner(scope, adapter, dispatcher, options.retryPauses());
    undo.push(() -> stop(runner));
    step(
        scope,
        () -> {
          runner.start();
          return runner;
        });
    adapters.add(runner);
  }

  private static void stop(AdapterRunner runner) {
    runner.stop();
    try {
      runner.awaitEnd(UNDO_TIME.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Beginning beginning() {
    return options.readsEverything() ? Beginning.OLDEST : Beginning.NEWEST;
  }

  private static String qualified(String instance, String subscriber) {
    return subscriber.equals(instance) ? instance : instance + "/" + subscriber;
  }

  /** Runs one step of a component's life and makes its failure a fault that names the component. */
  private static <T> T step(ComponentScope scope, Callable<T> action)
      throws Fault, InterruptedException {
    scope.holdErrors();
    try {
      return scope.call(action);
    } catch (InterruptedException e) {
      throw e;
    } catch (StepFailure e) {
      throw fault(scope, e.reason());
    } catch (Exception | LinkageError | ServiceConfigurationError e) {
      throw fault(scope, e);
    } finally {
      scope.letErrorsGo();
    }
  }

  private static Fault fault(ComponentScope scope, Throwable reason) {
    if (reason instanceof LogException log) {
      return new Fault(
          Diagnostic.error(log.code(), scope.instance(), String.valueOf(log.getMessage())), log);
    }
    @Nullable Throwable cause = showable(scope, reason) ? reason : null;
    Diagnostic own = scope.takeHeldError();
    if (own != null) {
      return new Fault(own, cause);
    }
    boolean load = reason instanceof LinkageError || reason instanceof ServiceConfigurationError;
    Diagnostic diagnostic =
        Diagnostic.error(
            load ? "plugin.load_failed" : "component.start_failed",
            scope.instance(),
            "'" + scope.instance() + "' did not start: " + scope.scrub(Words.of(reason)));
    boolean tellPlugin = load || !scope.isBuiltIn();
    return new Fault(
        tellPlugin ? diagnostic.withHint("Its plugin is " + scope.location() + ".") : diagnostic,
        cause);
  }

  /** Whether no message of the chain holds a secret of the component. */
  private static boolean showable(ComponentScope scope, Throwable reason) {
    int depth = 0;
    for (Throwable e = reason; e != null && depth < 32; e = e.getCause(), depth++) {
      String message = e.getMessage();
      if (message != null && !scope.scrub(message).equals(message)) {
        return false;
      }
    }
    return true;
  }
}
