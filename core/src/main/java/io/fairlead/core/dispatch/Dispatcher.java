package io.fairlead.core.dispatch;

import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.core.log.MemoryLog;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings events from producers through the interceptors into the log, and serves each subscriber on
 * a lane of its own. Thread-safe.
 */
public final class Dispatcher implements KernelStatus {

  private static final Duration DEREGISTER_TIME = Duration.ofSeconds(5);

  private final EventLog log;
  private final EmitQueue queue;
  private final DiagnosticSink diagnostics;
  private final Pauses pauses;
  private final LongAdder events = new LongAdder();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final ChainGate gate = new ChainGate();
  private final Map<String, LaneCounters> handedOver = new ConcurrentHashMap<>();
  private volatile Lane[] lanes = {};
  private volatile @Nullable List<SubscriberStatus> lastStatus;
  private volatile boolean closed;

  /**
   * A dispatcher without subscribers.
   *
   * @param log where events wait; closed with the dispatcher
   * @param queue takes what programs emit: the log itself, or a queue before it when the log is on
   *     disk
   * @param diagnostics takes what goes wrong
   * @param pauses between attempts to deliver
   */
  public Dispatcher(EventLog log, MemoryLog queue, DiagnosticSink diagnostics, Pauses pauses) {
    this.log = log;
    this.queue = EmitQueue.before(log, queue, diagnostics);
    this.diagnostics = diagnostics;
    this.pauses = pauses;
  }

  /**
   * Puts interceptors in place of those before. When it returns, no event is on its way through
   * those any more.
   *
   * @param time to wait for that at most
   * @return whether it is so
   */
  public boolean intercept(InterceptorChain newChain, Duration time) {
    return gate.change(newChain, time);
  }

  /**
   * A subscriber to serve.
   *
   * @param name unique in the kernel; the position in the log goes by it
   * @param component whose it is, or null for a program's own
   * @param subscriber whom to serve
   * @param beginning where it begins in the log
   * @param diagnostics takes what goes wrong with it
   * @param scrub removes secrets from its words
   * @param loader context class loader of its thread, or null for the creator's
   */
  public record Registration(
      String name,
      @Nullable String component,
      Subscriber subscriber,
      Beginning beginning,
      DiagnosticSink diagnostics,
      UnaryOperator<String> scrub,
      @Nullable ClassLoader loader) {}

  /**
   * Starts a subscriber.
   *
   * @throws IllegalArgumentException when the name is taken
   * @throws IllegalStateException when the dispatcher is closed
   */
  public void register(Registration registration)
      throws StepFailure, LogException, InterruptedException {
    String name = registration.name();
    if (closed) {
      throw new IllegalStateException("the kernel is closed");
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("there is a subscriber named '" + name + "' already");
    }
    Lane lane = null;
    try {
      lane = open(registration);
      lane.start();
      add(lane);
      handedOver.remove(name);
    } catch (Throwable e) {
      if (lane != null) {
        lane.reader().close(registration.beginning() == Beginning.FRESH);
      }
      names.remove(name);
      throw e;
    }
  }

  /**
   * Ends a subscriber so that the next of its name goes on where it stopped: a delivery on its way
   * is ended, what is pending stays in the log.
   *
   * @param time for ending
   * @param abandoned receives its name when its thread does not end
   */
  public void handOver(String name, Duration time, List<String> abandoned) {
    Lane lane = lane(name);
    if (lane == null) {
      return;
    }
    handedOver.put(name, lane.counters()); // first: from now on events are taken for its successor
    remove(name);
    boolean interrupted = LaneStops.halt(lane, System.nanoTime() + Nanos.of(time), abandoned);
    lane.handOver();
    lane.reader().close(false);
    names.remove(name);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Lane open(Registration registration) throws StepFailure, LogException {
    LaneWake wake = new LaneWake();
    LaneSetup setup =
        new LaneSetup(
            registration.name(),
            registration.component(),
            registration.subscriber(),
            registration.diagnostics(),
            registration.scrub(),
            registration.loader(),
            pauses,
            log.durable());
    boolean required;
    try {
      required = registration.subscriber().settings().required();
    } catch (Exception | LinkageError e) {
      throw new StepFailure(e);
    }
    LogReader reader = log.open(registration.name(), required, registration.beginning(), wake);
    return new Lane(setup, reader, wake, queue::lost, handedOver.get(registration.name()));
  }

  private synchronized void add(Lane lane) {
    Lane[] more = Arrays.copyOf(lanes, lanes.length + 1);
    more[lanes.length] = lane;
    lanes = more;
    if (closed) {
      lane.stop(System.nanoTime());
    }
  }

  /** Delivers what is pending within a few seconds, then lets the subscriber go for good. */
  public boolean deregister(String name) {
    return deregister(name, DEREGISTER_TIME, true, new ArrayList<>());
  }

  /**
   * Lets a subscriber go.
   *
   * @param time for delivering what is pending
   * @param forget whether its position in the log is given up too
   * @param abandoned receives its name when its thread does not end
   * @return whether there was one of that name
   */
  public boolean deregister(String name, Duration time, boolean forget, List<String> abandoned) {
    long deadline = System.nanoTime() + Nanos.of(time);
    Lane lane = remove(name);
    if (lane == null) {
      return false;
    }
    queue.flush(time);
    boolean interrupted = LaneStops.stop(List.of(lane), deadline, abandoned);
    long pending = lane.reader().pending();
    lane.reader().close(forget);
    if (pending > 0) {
      diagnostics.report(leftPending(name, pending));
    }
    names.remove(name);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static Diagnostic leftPending(String name, long pending) {
    return Diagnostic.warning(
        "exporter.left_pending",
        name,
        "Subscriber '" + name + "' was let go before it had delivered " + pending + " events.");
  }

  private synchronized @Nullable Lane remove(String name) {
    Lane found = lane(name);
    if (found != null) {
      lanes = Arrays.stream(lanes).filter(lane -> lane != found).toArray(Lane[]::new);
    }
    return found;
  }

  private @Nullable Lane lane(String name) {
    for (Lane lane : lanes) {
      if (lane.name().equals(name)) {
        return lane;
      }
    }
    return null;
  }

  /** Gives up the positions that earlier runs left for subscribers that are not there any more. */
  public void forgetOthers() throws LogException {
    handedOver.clear();
    log.forgetOthers();
  }

  /** Whether anybody would see an event. */
  public boolean hasSubscribers() {
    return lanes.length > 0 || !handedOver.isEmpty();
  }

  /** Takes a program's event. Never throws. */
  public void emit(Event event) {
    events.increment();
    if (!hasSubscribers()) {
      return;
    }
    Event passed = gate.apply(event);
    if (passed != null) {
      queue.offer(passed);
    }
  }

  /** Takes a source's events and state, all or nothing. */
  public void commit(String source, List<Event> added, Map<String, byte @Nullable []> state)
      throws LogException, InterruptedException {
    log.append(source, gate.apply(added), state);
    events.add(added.size());
  }

  /** A source's state as of its last commit. */
  public SourceState sourceState(String source) {
    return log.sourceState(source);
  }

  /** Waits until everything taken so far is over for every subscriber, and says how it went. */
  public List<SubscriberOutcome> flush(Duration timeout) {
    return Flush.of(List.of(lanes), log, queue, timeout);
  }

  /** The same for one subscriber; null when there is none of that name. */
  public @Nullable SubscriberOutcome flush(String name, Duration timeout) {
    Lane lane = lane(name);
    return lane == null ? null : Flush.of(List.of(lane), log, queue, timeout).get(0);
  }

  /**
   * Lets every subscriber deliver what is pending until a deadline, in parallel, then closes them
   * and the log. Interrupts and then abandons those that hang.
   *
   * @param deadlineNanos of {@link System#nanoTime}
   * @param abandoned receives the names of threads that did not end
   * @return how each subscriber stands, in registration order
   */
  public List<SubscriberOutcome> close(long deadlineNanos, List<String> abandoned) {
    Lane[] all;
    synchronized (this) {
      closed = true;
      all = lanes;
    }
    long now = System.nanoTime();
    queue.close(now + Math.max(deadlineNanos - now, 0) / 2, abandoned);
    boolean interrupted = LaneStops.stop(List.of(all), deadlineNanos, abandoned);
    List<SubscriberOutcome> outcomes = new ArrayList<>();
    for (Lane lane : all) {
      SubscriberOutcome outcome = lane.outcome(false);
      outcomes.add(outcome.pending() > 0 ? lane.outcome(true) : outcome);
      lane.reader().close(false);
    }
    synchronized (this) {
      lastStatus = Arrays.stream(all).map(Lane::status).toList();
      lanes = new Lane[0]; // and with them the subscribers, whose classes may be a plugin's
    }
    gate.change(InterceptorChain.EMPTY, Duration.ZERO);
    log.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return outcomes;
  }

  @Override
  public List<SubscriberStatus> subscribers() {
    List<SubscriberStatus> last = lastStatus;
    return last != null ? last : Arrays.stream(lanes).map(Lane::status).toList();
  }

  @Override
  public long events() {
    return events.sum();
  }

  @Override
  public long dropped() {
    return queue.lost();
  }

  /** Where findings about subscribers without a component go. */
  DiagnosticSink diagnostics() {
    return diagnostics;
  }
}
