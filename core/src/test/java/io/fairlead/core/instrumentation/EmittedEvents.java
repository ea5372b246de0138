package io.fairlead.core.instrumentation;

import static java.util.Objects.requireNonNull;

import io.fairlead.spi.Subscriber;
import io.fairlead.spi.SubscriberHub;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A hub that keeps what is emitted. */
final class EmittedEvents implements SubscriberHub {

  private final List<Event> events = new ArrayList<>();

  @Override
  public synchronized void emit(Event event) {
    events.add(requireNonNull(event));
  }

  synchronized List<Event> all() {
    return List.copyOf(events);
  }

  Stream<ScopeEnd> ends() {
    return all().stream().filter(ScopeEnd.class::isInstance).map(ScopeEnd.class::cast);
  }

  ScopeEnd end(String name) {
    return ends().filter(end -> end.header().name().equals(name)).findFirst().orElseThrow();
  }

  Mark mark(String name) {
    return all().stream()
        .filter(event -> event instanceof Mark && event.header().name().equals(name))
        .map(Mark.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void register(String name, Subscriber subscriber) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean deregister(String name) {
    return false;
  }

  @Override
  public boolean flush(String name, Duration timeout) {
    return true;
  }
}
