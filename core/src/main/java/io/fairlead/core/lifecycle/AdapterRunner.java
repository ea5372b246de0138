package io.fairlead.core.lifecycle;

import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.core.dispatch.StepFailure;
import io.fairlead.core.fault.Words;
import io.fairlead.core.log.LogException;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapter.Poll;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one adapter on a thread of its own: start, polls with pauses, close. In a run that reads
 * everything the adapter is done, and no longer polled, once two polls in a row found nothing.
 */
public final class AdapterRunner {

  private static final long START_SECONDS = 30;
  private static final int IDLE_POLLS = 2;
  private static final int MOST_FAILURES = 3;

  private final ComponentScope scope;
  private final RuntimeAdapter adapter;
  private final Dispatcher dispatcher;
  private final Pauses pauses;
  private final Thread thread;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private volatile int openTurns;
  private volatile boolean stopping;
  private volatile boolean abandoned;

  private boolean committed;
  private int idlePolls;
  private int failures;

  /**
   * A runner that is not started.
   *
   * @param scope the component
   * @param pauses after polls that threw
   */
  public AdapterRunner(
      ComponentScope scope, RuntimeAdapter adapter, Dispatcher dispatcher, Pauses pauses) {
    this.scope = scope;
    this.adapter = adapter;
    this.dispatcher = dispatcher;
    this.pauses = pauses;
    this.thread = new Thread(this::run, "fairlead-" + scope.instance());
    thread.setDaemon(true);
    thread.setContextClassLoader(scope.loader());
  }

  /** The component's name. */
  public String instance() {
    return scope.instance();
  }

  /** Turns the adapter said are open at its latest poll. */
  public int openTurns() {
    return openTurns;
  }

  /** Completes when everything there was is read: true; or when the adapter gave up: false. */
  public CompletableFuture<Boolean> done() {
    return done;
  }

  /** Starts the adapter on its thread and waits until it has. It is not polled yet. */
  public void start() throws StepFailure, InterruptedException {
    thread.start();
    try {
      started.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StepFailure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      stop();
      throw new StepFailure(
          new TimeoutException("it did not start within " + START_SECONDS + " s"));
    }
  }

  /** Lets the polls begin. */
  public void begin() {
    go.countDown();
  }

  /** Tells the adapter to stop reading. */
  public void stop() {
    stopping = true;
    thread.interrupt();
  }

  /**
   * Waits for the end of a stopped adapter. Says whether its thread has ended; when not, nothing it
   * commits from now on is taken, so that another may go on from its state.
   */
  public boolean awaitEnd(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(nanos, 1));
    abandoned = thread.isAlive();
    return !abandoned;
  }

  /** Lets go of an adapter that was made and never started. */
  public void discard() {
    closeAdapter();
  }

  private void run() {
    try {
      if (startAdapter()) {
        go.await();
        pollUntilStopped();
      }
    } catch (InterruptedException e) {
      // The program ends.
    } finally {
      closeAdapter();
      done.complete(false);
    }
  }

  private boolean startAdapter() {
    try {
      adapter.start(dispatcher.sourceState(scope.instance()));
      started.complete(null);
      return true;
    } catch (Throwable e) { // a plugin may throw anything
      started.completeExceptionally(e);
      return false;
    }
  }

  private void closeAdapter() {
    try {
      adapter.close();
    } catch (Throwable e) { // a plugin may throw anything
      scope.report(warning("adapter.close_failed", "Closing failed: " + Words.of(e)));
    }
  }

  private void pollUntilStopped() throws InterruptedException {
    while (!stopping) {
      long pause = poll();
      if (stopping) {
        return;
      }
      if (scope.readsEverything() && finished()) {
        new CountDownLatch(1).await(); // until the stop interrupts
      }
      if (pause > 0) {
        TimeUnit.NANOSECONDS.sleep(pause);
      }
    }
  }

  /** One poll. Returns the nanoseconds to wait before the next. */
  private long poll() throws InterruptedException {
    committed = false;
    try {
      Poll poll = adapter.poll(this::commit);
      openTurns = poll.openTurns();
      if (poll.unread() && scope.readsEverything()) {
        idlePolls = 0;
        return pauses.nanosAfter(++failures);
      }
      failures = 0;
      idlePolls = poll.more() || committed ? 0 : idlePolls + 1;
      boolean confirming = scope.readsEverything() && idlePolls < IDLE_POLLS;
      return poll.more() || confirming ? 0 : Math.max(poll.pause().toNanos(), 1);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // a plugin may throw anything
      if (stopping) {
        return 0;
      }
      failures++;
      scope.report(pollFailed(e));
      return pauses.nanosAfter(failures);
    }
  }

  private boolean finished() {
    if (idlePolls >= IDLE_POLLS) {
      done.complete(true);
    } else if (failures >= MOST_FAILURES) {
      done.complete(false);
    }
    return done.isDone();
  }

  private Diagnostic pollFailed(Throwable e) {
    LogException log = logCause(e);
    return log != null
        ? warning(log.code(), String.valueOf(log.getMessage()))
        : warning(scope.kind() + ".poll_failed", "Reading failed: " + Words.of(e));
  }

  private static @Nullable LogException logCause(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof LogException log) {
        return log;
      }
    }
    return null;
  }

  private Diagnostic warning(String code, String message) {
    return Diagnostic.warning(code, scope.instance(), message);
  }

  private void commit(List<Event> events, Map<String, byte @Nullable []> state)
      throws InterruptedException {
    if (abandoned) {
      throw new InterruptedException("the component was stopped");
    }
    try {
      dispatcher.commit(scope.instance(), events, state);
      committed |= !events.isEmpty();
    } catch (LogException e) {
      throw new UncheckedLogException(e);
    }
  }

  /** Carries a failure of the log through an adapter, which only sees that the commit threw. */
  private static final class UncheckedLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UncheckedLogException(LogException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
