package io.fairlead.core.dispatch;

import io.fairlead.core.fault.Words;
import io.fairlead.core.log.LogReader;
import io.fairlead.spi.KernelStatus.SubscriberStatus;
import io.fairlead.spi.Subscriber;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber with a thread of its own: pulls batches from the log, delivers, acknowledges,
 * repeats what did not go through, and says how it stands. All of the subscriber's methods run on
 * that thread.
 */
final class Lane {

  private static final long START_SECONDS = 30;
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final LogReader reader;
  private final LaneSetup setup;
  private final Subscriber subscriber;
  private final Subscriber.Settings settings;
  private final LaneCounters counters;
  private final Delivery delivery;
  private final LongSupplier lostByAll;
  private final Thread thread;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final Queue<FlushTicket> newTickets = new ConcurrentLinkedQueue<>();

  private volatile long drainUntil;
  private volatile boolean stopping;
  private volatile boolean ended;

  private final Queue<FlushTicket> tickets = new ArrayDeque<>();
  private long lingerUntil;
  private boolean lingering;
  private long pushAt;

  /** Somebody waits until everything up to an event is over. */
  private record FlushTicket(long target, CompletableFuture<SubscriberOutcome> done) {}

  /**
   * A lane that is not started.
   *
   * @param reader opened for this lane, with {@link LaneWake} as its wake-up
   * @param lostByAll events lost before any reader could see them
   * @param former what a lane of the same name has counted that this one takes over from, or null
   */
  Lane(
      LaneSetup setup,
      LogReader reader,
      LaneWake wake,
      LongSupplier lostByAll,
      @Nullable LaneCounters former) {
    this.name = setup.name();
    this.reader = reader;
    this.setup = setup;
    this.subscriber = setup.subscriber();
    this.settings = setup.subscriber().settings();
    this.lostByAll = lostByAll;
    this.counters = former == null ? new LaneCounters() : former;
    this.delivery = new Delivery(setup, reader, counters);
    if (former == null) {
      counters.baseline(lostByAll.getAsLong());
    }
    this.thread = new Thread(this::run, "fairlead-" + name);
    thread.setDaemon(true);
    if (setup.loader() != null) {
      thread.setContextClassLoader(setup.loader());
    }
    wake.attach(thread);
  }

  String name() {
    return name;
  }

  /** Starts the subscriber on the lane's thread and waits until it has. */
  void start() throws StepFailure, InterruptedException {
    thread.start();
    try {
      started.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StepFailure(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      stop(System.nanoTime());
      thread.interrupt();
      throw e;
    } catch (TimeoutException e) {
      stop(System.nanoTime());
      thread.interrupt();
      throw new StepFailure(
          new TimeoutException("it did not start within " + START_SECONDS + " s"));
    }
  }

  /** Asks for a report once everything up to an event is over and was pushed. */
  CompletableFuture<SubscriberOutcome> flush(long target) {
    CompletableFuture<SubscriberOutcome> done = new CompletableFuture<>();
    newTickets.add(new FlushTicket(target, done));
    LockSupport.unpark(thread);
    if (ended) {
      completeTickets();
    }
    return done;
  }

  /** How it stands now, for one who waits no longer. */
  SubscriberOutcome outcome(boolean timedOut) {
    return counters.report(name, dropped(), reader.pending(), timedOut, false);
  }

  SubscriberStatus status() {
    return new SubscriberStatus(
        name,
        counters.delivered(),
        counters.failed(),
        counters.droppedBefore() + reader.dropped(),
        reader.pending(),
        counters.lastError());
  }

  /**
   * Tells the lane to deliver what is pending until a moment of {@link System#nanoTime}, and end.
   */
  void stop(long untilNanos) {
    drainUntil = untilNanos;
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the end of the lane's thread. Says whether it has ended. */
  boolean join(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(nanos, 1));
    return !thread.isAlive();
  }

  /** Tells the subscriber to give up at once. */
  void interrupt() {
    thread.interrupt();
  }

  private void run() {
    Throwable failure = startSubscriber();
    try {
      if (failure == null) {
        serve();
        drain();
      }
    } catch (InterruptedException e) {
      counters.error("interrupted at the deadline of the close");
    } catch (Throwable e) { // such as an accessor of the subscriber that throws
      counters.error(setup.report("stopped", Words.of(e)));
    } finally {
      setup.guard("close_failed", subscriber::close);
      ended = true;
      completeTickets();
      if (failure != null) {
        started.completeExceptionally(failure);
      }
    }
  }

  private @Nullable Throwable startSubscriber() {
    try {
      subscriber.start(reader.state());
      pushAt = System.nanoTime() + Nanos.of(settings.pushInterval());
      started.complete(null);
      return null;
    } catch (Throwable e) { // a plugin may throw anything, a LinkageError too
      return e;
    }
  }

  private void serve() throws InterruptedException {
    while (!stopping) {
      takeTickets();
      long now = System.nanoTime();
      if (delivery.idle() && !delivery.pausing(now)) {
        readWhenReady(now);
      }
      if (delivery.due(now)) {
        delivery.attempt();
      } else if (pushes() && now - pushAt >= 0) {
        push(now);
      } else if (flushable()) {
        completeFlushes(now);
      } else {
        rest(now);
      }
    }
  }

  private void takeTickets() {
    FlushTicket ticket = newTickets.poll();
    if (ticket != null) {
      delivery.hurry();
    }
    for (; ticket != null; ticket = newTickets.poll()) {
      tickets.add(ticket);
    }
  }

  private void readWhenReady(long now) {
    boolean full = reader.wakeWhen(settings.maxBatch());
    if (!full && !reader.wakeWhen(1)) {
      lingering = false;
      return;
    }
    if (!lingering) {
      lingering = true;
      lingerUntil = now + Nanos.of(settings.linger());
    }
    if (full
        || !tickets.isEmpty()
        || now - lingerUntil >= 0
        || reader.wakeWhen(settings.maxBatch())) {
      lingering = false;
      delivery.take(settings.maxBatch());
    }
  }

  private boolean flushable() {
    FlushTicket first = tickets.peek();
    return first != null && delivery.idle() && reader.position() >= first.target();
  }

  private void completeFlushes(long now) throws InterruptedException {
    if (pushes()) {
      push(now);
    }
    SubscriberOutcome outcome = counters.report(name, dropped(), reader.pending(), false, true);
    while (!tickets.isEmpty() && tickets.element().target() <= reader.position()) {
      tickets.remove().done().complete(outcome);
    }
  }

  /** Answers everybody who still waits for a lane that has ended. */
  private synchronized void completeTickets() {
    tickets.addAll(newTickets);
    for (FlushTicket ticket = tickets.poll(); ticket != null; ticket = tickets.poll()) {
      ticket.done().complete(outcome(reader.pending() > 0));
    }
  }

  private void rest(long now) throws InterruptedException {
    long nanos = IDLE_NANOS;
    if (delivery.pausing(now)) {
      nanos = Math.min(nanos, delivery.waits(now));
    } else if (lingering) {
      nanos = Math.min(nanos, lingerUntil - now);
    }
    if (pushes()) {
      nanos = Math.min(nanos, pushAt - now);
    }
    if (nanos > 0 && newTickets.isEmpty() && !stopping) {
      LockSupport.parkNanos(this, nanos);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void drain() throws InterruptedException {
    delivery.hurry();
    while (System.nanoTime() - drainUntil < 0) {
      if (delivery.idle()) {
        delivery.take(settings.maxBatch());
      }
      if (delivery.idle()) {
        break;
      }
      long now = System.nanoTime();
      if (!delivery.due(now)) {
        LockSupport.parkNanos(this, Math.min(delivery.waits(now), drainUntil - now));
      } else if (!delivery.attempt() && setup.giveUpOnClose()) {
        break;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    if (pushes()) {
      push(System.nanoTime());
    }
  }

  private boolean pushes() {
    return !settings.pushInterval().isZero();
  }

  private void push(long now) throws InterruptedException {
    pushAt = now + Nanos.of(settings.pushInterval());
    delivery.push();
  }

  private long dropped() {
    return counters.droppedBefore() + reader.dropped() + lostByAll.getAsLong();
  }

  /** What it counts. */
  LaneCounters counters() {
    return counters;
  }

  /** Leaves its counters to a lane that takes over; called once this one has ended. */
  void handOver() {
    counters.keepDropped(counters.droppedBefore() + reader.dropped());
  }

  /** The reader, for its owner to close once the lane has ended. */
  LogReader reader() {
    return reader;
  }
}
