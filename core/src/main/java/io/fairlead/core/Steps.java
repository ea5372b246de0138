package io.fairlead.core;

import io.fairlead.core.discovery.PluginOrigin;
import io.fairlead.core.discovery.ProviderScanner;
import io.fairlead.core.dispatch.StepFailure;
import io.fairlead.core.fault.Words;
import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.log.LogException;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls into plugins at the beginning and the end of a component's life. */
final class Steps {

  private static final int DEEPEST = 32;

  private Steps() {}

  /** Runs a step of a start and makes its failure a fault that names the component. */
  static <T> T start(ComponentScope scope, Callable<T> action)
      throws ComponentFault, InterruptedException {
    scope.holdErrors();
    try {
      return scope.call(action);
    } catch (InterruptedException e) {
      throw e;
    } catch (StepFailure e) {
      throw fault(scope, e.reason());
    } catch (Throwable e) { // a plugin may throw anything
      throw fault(scope, e);
    } finally {
      scope.letErrorsGo();
    }
  }

  /**
   * Runs a step of an end on a thread of its own, which is interrupted and then given up when the
   * time is over. What the step throws is a finding.
   *
   * @param area first part of the finding's code
   * @param abandoned receives the component's name when the step does not end
   */
  static void end(
      ComponentScope scope, String area, Runnable step, Duration time, List<String> abandoned) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (Throwable e) { // a plugin may throw anything
                scope.report(
                    Diagnostic.warning(
                        area + ".close_failed",
                        scope.instance(),
                        "Closing failed: " + Words.of(e)));
              }
            },
            "fairlead-close-" + scope.instance());
    thread.setDaemon(true);
    thread.setContextClassLoader(scope.loader());
    thread.start();
    boolean interrupted = !join(thread, time);
    if (thread.isAlive()) {
      thread.interrupt();
      interrupted |= !join(thread, Duration.ofMillis(300));
    }
    if (thread.isAlive()) {
      abandoned.add(scope.instance());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean join(Thread thread, Duration time) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(time.toNanos(), 1));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static ComponentFault fault(ComponentScope scope, Throwable reason) {
    if (reason instanceof LogException log) {
      return new ComponentFault(
          Diagnostic.error(log.code(), scope.instance(), String.valueOf(log.getMessage())), log);
    }
    @Nullable Throwable cause = showable(scope, reason) ? reason : null;
    Diagnostic own = scope.takeHeldError();
    if (own != null) {
      return new ComponentFault(own, cause);
    }
    boolean load = reason instanceof LinkageError || reason instanceof ServiceConfigurationError;
    Diagnostic diagnostic =
        Diagnostic.error(
            load ? ProviderScanner.LOAD_FAILED : "component.start_failed",
            scope.instance(),
            "'" + scope.instance() + "' did not start: " + scope.scrub(Words.of(reason)));
    return new ComponentFault(diagnostic.withHint(hint(scope, reason, load)), cause);
  }

  private static @Nullable String hint(ComponentScope scope, Throwable reason, boolean load) {
    if (!load && scope.isBuiltIn()) {
      return null;
    }
    String hidden = PluginOrigin.hintForHiddenClass(scope.loader(), reason);
    return scope.pluginHint() + (hidden == null ? "" : " " + hidden);
  }

  /** Whether no message of the chain holds a secret of the component. */
  private static boolean showable(ComponentScope scope, Throwable reason) {
    int depth = 0;
    for (Throwable e = reason; e != null && depth < DEEPEST; e = e.getCause(), depth++) {
      String message = e.getMessage();
      if (message != null && !scope.scrub(message).equals(message)) {
        return false;
      }
    }
    return true;
  }
}
