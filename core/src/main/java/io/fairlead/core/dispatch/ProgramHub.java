package io.fairlead.core.dispatch;

import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogException;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.SubscriberHub;
import io.fairlead.spi.event.EpochNanos;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeEnd;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** The hub over a dispatcher. Remembers which scopes the program has open. */
public final class ProgramHub implements SubscriberHub {

  private final Dispatcher dispatcher;
  private final InstantSource clock;
  private final OpenScopes openScopes = new OpenScopes();

  /**
   * A hub.
   *
   * @param clock says when open scopes are ended
   */
  public ProgramHub(Dispatcher dispatcher, InstantSource clock) {
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  @Override
  public void register(String name, Subscriber subscriber) {
    try {
      dispatcher.register(
          new Dispatcher.Registration(
              name,
              null,
              subscriber,
              Beginning.FRESH,
              dispatcher.diagnostics(),
              UnaryOperator.identity(),
              null));
    } catch (StepFailure e) {
      throw new IllegalStateException("'" + name + "' did not start", e.reason());
    } catch (LogException e) {
      throw new IllegalStateException("'" + name + "' has no place in the log", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while '" + name + "' started", e);
    }
  }

  @Override
  public boolean deregister(String name) {
    return dispatcher.deregister(name);
  }

  @Override
  public void emit(Event event) {
    if (dispatcher.hasSubscribers()) {
      openScopes.see(event);
    }
    dispatcher.emit(event);
  }

  @Override
  public boolean flush(String name, Duration timeout) {
    SubscriberOutcome outcome = dispatcher.flush(name, timeout);
    return outcome != null && outcome.complete();
  }

  /** Ends what the program has left open: now, status unset, incomplete. */
  public void endOpenScopes() {
    for (ScopeEnd end : openScopes.endAll(EpochNanos.of(clock.instant()))) {
      dispatcher.emit(end);
    }
  }
}
