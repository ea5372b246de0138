package io.fairlead.core.dispatch;

import io.fairlead.spi.Interceptor;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Interceptors in the order of their stages, and within a stage in the order given. Immutable. */
public final class InterceptorChain {

  /** Passes every event unchanged. */
  public static final InterceptorChain EMPTY = new InterceptorChain(List.of());

  private final Link[] links;

  /** A chain of links, given in document order. */
  public InterceptorChain(List<Link> links) {
    List<Link> sorted = new ArrayList<>(links);
    sorted.sort(Comparator.comparing(Link::stage));
    this.links = sorted.toArray(Link[]::new);
  }

  /** The event after all interceptors, or null when one dropped it. Never throws. */
  public @Nullable Event apply(Event event) {
    Event current = event;
    for (Link link : links) {
      Event next = link.apply(current);
      if (next == null) {
        return null;
      }
      current = next;
    }
    return current;
  }

  /** All events that pass, in order. */
  public List<Event> apply(List<Event> events) {
    if (links.length == 0) {
      return events;
    }
    List<Event> passed = new ArrayList<>(events.size());
    for (Event event : events) {
      Event next = apply(event);
      if (next != null) {
        passed.add(next);
      }
    }
    return passed;
  }

  /**
   * An interceptor in its place.
   *
   * @param component whose it is
   * @param interceptor sees events
   * @param stage {@link Interceptor#stage()}, asked for once
   * @param failsClosed {@link Interceptor#failsClosed()}, asked for once
   * @param diagnostics is told of throws
   * @param loader context class loader during calls, or null to leave the caller's
   */
  public record Link(
      String component,
      Interceptor interceptor,
      Interceptor.Stage stage,
      boolean failsClosed,
      DiagnosticSink diagnostics,
      @Nullable ClassLoader loader) {

    /** A link that asks the interceptor for stage and rule. */
    public Link(
        String component,
        Interceptor interceptor,
        DiagnosticSink diagnostics,
        @Nullable ClassLoader loader) {
      this(
          component,
          interceptor,
          interceptor.stage(),
          interceptor.failsClosed(),
          diagnostics,
          loader);
    }

    @Nullable Event apply(Event event) {
      if (loader == null) {
        return guarded(event);
      }
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        return guarded(event);
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    private @Nullable Event guarded(Event event) {
      try {
        return interceptor.intercept(event);
      } catch (Throwable e) { // a plugin may throw anything
        diagnostics.report(
            Diagnostic.warning(
                "interceptor.failed",
                component,
                (failsClosed ? "An event was dropped" : "An event passed unchanged")
                    + " because the interceptor threw "
                    + e.getClass().getSimpleName()
                    + "."));
        return failsClosed ? null : event;
      }
    }
  }
}
