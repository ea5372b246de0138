package io.fairlead.core.dispatch;

import io.fairlead.core.fault.Words;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One batch at a time on its way through a subscriber: tried until its result is final, then
 * acknowledged until the log has taken that. Used by the lane's thread alone.
 */
final class Delivery {

  private static final int THROWS_BEFORE_REPORT = 10;
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

  private final LaneSetup setup;
  private final Subscriber subscriber;
  private final LogReader reader;
  private final LaneCounters counters;

  private List<Event> batch = List.of();
  private @Nullable DeliveryResult toAcknowledge;
  private int failures;
  private int throwsInARow;
  private boolean asked;
  private long retryAt;
  private boolean waiting;

  Delivery(LaneSetup setup, LogReader reader, LaneCounters counters) {
    this.setup = setup;
    this.subscriber = setup.subscriber();
    this.reader = reader;
    this.counters = counters;
  }

  /** Whether there is no batch on its way. */
  boolean idle() {
    return batch.isEmpty();
  }

  /** Whether an attempt is due. */
  boolean due(long now) {
    return !idle() && !pausing(now);
  }

  /** Whether a failure was too short ago to try again. */
  boolean pausing(long now) {
    return waiting && now - retryAt < 0;
  }

  /** Nanoseconds until the end of the pause, at least one. */
  long waits(long now) {
    return Math.max(retryAt - now, 1);
  }

  /** Ends a pause of ours at once; one that the other side asked for stays. */
  void hurry() {
    waiting &= asked;
  }

  /** Reads the next batch when there is one. */
  void take(int max) {
    try {
      batch = reader.read(max);
      waiting = false;
    } catch (LogException e) {
      logTrouble(e);
    }
  }

  /** One attempt. Says whether the batch is over. */
  boolean attempt() throws InterruptedException {
    DeliveryResult result = toAcknowledge;
    if (result == null) {
      result = deliver();
    }
    if (result.kind() == DeliveryResult.Kind.RETRY) {
      failures = result.delivered() > 0 ? 0 : failures;
      pause(result.retryAfter());
      return false;
    }
    return acknowledge(result);
  }

  /** Lets the subscriber send what it gathered. */
  void push() throws InterruptedException {
    try {
      DeliveryResult result = subscriber.push();
      counters.add(result);
      if (result.kind() == DeliveryResult.Kind.RETRY || result.rejected() > 0) {
        trouble("push_failed", result.reason());
      } else if (idle()) {
        counters.error(null);
      }
      if (result.kind() == DeliveryResult.Kind.DONE && idle() && !result.state().isEmpty()) {
        reader.acknowledge(result.state()); // nothing is in flight: the position stays
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // a plugin may throw anything
      trouble("push_failed", Words.of(e));
    }
  }

  private DeliveryResult deliver() throws InterruptedException {
    try {
      DeliveryResult result = subscriber.deliver(batch);
      throwsInARow = 0;
      if (result.kind() == DeliveryResult.Kind.RETRY) {
        trouble("delivery_delayed", result.reason());
      } else if (result.rejected() > 0) {
        trouble("delivery_rejected", result.reason());
      } else {
        counters.error(null);
      }
      return result;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // a plugin may throw anything
      return thrown(e);
    }
  }

  private DeliveryResult thrown(Throwable e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    String words = setup.scrub().apply(Words.of(e));
    counters.error(words);
    throwsInARow++;
    if (throwsInARow == 1 || throwsInARow % THROWS_BEFORE_REPORT == 0) {
      setup.report("delivery_threw", words);
    }
    return DeliveryResult.retry(words, null);
  }

  private boolean acknowledge(DeliveryResult result) {
    try {
      toAcknowledge = result;
      reader.acknowledge(result.state());
    } catch (LogException e) {
      logTrouble(e);
      return false;
    }
    counters.add(result);
    toAcknowledge = null;
    batch = List.of();
    failures = 0;
    waiting = false;
    return true;
  }

  private void logTrouble(LogException e) {
    counters.error(e.getMessage());
    setup.report("log_failed", String.valueOf(e.getMessage()));
    pause(null);
  }

  private void trouble(String finding, @Nullable String reason) {
    String words = reason == null ? "no reason was given" : reason;
    counters.error(setup.report(finding, words));
  }

  private void pause(@Nullable Duration wanted) {
    failures++;
    asked = wanted != null;
    waiting = true;
    long nanos =
        wanted == null
            ? setup.pauses().nanosAfter(failures)
            : Math.min(Math.max(Nanos.of(wanted), 1), Nanos.of(LONGEST_ASKED));
    retryAt = System.nanoTime() + nanos;
  }
}
