package io.fairlead.testkit;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A subscriber that keeps what it is given. By default it accepts everything; {@link #answer}
 * scripts the next outcomes. Safe to look at from any thread.
 */
public final class RecordingSubscriber implements Subscriber {

  private final String name;
  private final Settings settings;
  private final Deque<DeliveryResult> answers = new ArrayDeque<>();
  private final List<List<Event>> batches = new ArrayList<>();
  private final List<Event> accepted = new ArrayList<>();
  private int starts;
  private int pushes;
  private int closes;

  /** A subscriber called {@code recording} with default settings. */
  public RecordingSubscriber() {
    this("recording", Settings.DEFAULT);
  }

  /** A subscriber with a name and settings. */
  public RecordingSubscriber(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  /** The outcome of the next delivery that has none yet. */
  public synchronized RecordingSubscriber answer(DeliveryResult result) {
    answers.add(result);
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public synchronized void start(SourceState state) {
    starts++;
  }

  @Override
  public synchronized DeliveryResult deliver(List<Event> events) {
    batches.add(List.copyOf(events));
    DeliveryResult scripted = answers.poll();
    DeliveryResult result = scripted != null ? scripted : DeliveryResult.done(events.size());
    if (result.kind() == DeliveryResult.Kind.DONE) {
      accepted.addAll(events);
    }
    return result;
  }

  @Override
  public synchronized DeliveryResult push() {
    pushes++;
    return DeliveryResult.done(0);
  }

  @Override
  public synchronized void close() {
    closes++;
  }

  /** The events of every delivery whose outcome was final, in order. */
  public synchronized List<Event> accepted() {
    return List.copyOf(accepted);
  }

  /** Every delivery, retried ones included. */
  public synchronized List<List<Event>> batches() {
    return List.copyOf(batches);
  }

  /** How often it was started. */
  public synchronized int starts() {
    return starts;
  }

  /** How often it was asked to push. */
  public synchronized int pushes() {
    return pushes;
  }

  /** How often it was closed. */
  public synchronized int closes() {
    return closes;
  }
}
