package io.fairlead.core;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscriber that does as it is told and remembers what it saw. */
public class Recorder implements Subscriber {

  /** Without linger, so that tests do not wait. */
  public static final Settings QUICK = new Settings(100, Duration.ZERO, Duration.ZERO, true);

  /** Calls in order: {@code start}, {@code push}, {@code close}. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** Events of deliveries that were done. */
  public final List<Event> events = new CopyOnWriteArrayList<>();

  /** Deliveries begun. */
  public final AtomicInteger attempts = new AtomicInteger();

  private final Queue<DeliveryResult> script = new ArrayDeque<>();
  private final Settings settings;
  private final CountDownLatch gate;

  /** Takes everything at once. */
  public Recorder() {
    this(QUICK, 0);
  }

  /** Takes everything once the gate was opened so often. */
  public Recorder(Settings settings, int gates) {
    this.settings = settings;
    this.gate = new CountDownLatch(gates);
  }

  /** The results of the first deliveries; later ones are done. */
  public final Recorder answering(DeliveryResult... results) {
    script.addAll(List.of(results));
    return this;
  }

  /** Lets a held delivery go on. */
  public final void open() {
    gate.countDown();
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public void start(SourceState state) throws Exception {
    calls.add("start");
  }

  @Override
  public DeliveryResult deliver(List<Event> batch) throws Exception {
    attempts.incrementAndGet();
    gate.await();
    DeliveryResult next = script.poll();
    DeliveryResult result = next == null ? DeliveryResult.done(batch.size()) : next;
    if (result.kind() == DeliveryResult.Kind.DONE) {
      events.addAll(batch);
    }
    return result;
  }

  @Override
  public DeliveryResult push() {
    calls.add("push");
    return DeliveryResult.done(0);
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
