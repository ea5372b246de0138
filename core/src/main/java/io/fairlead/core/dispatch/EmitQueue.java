package io.fairlead.core.dispatch;

import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.core.log.MemoryLog;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What programs emit into. A log in memory takes events directly. Before a log on disk stands a
 * queue, so that {@code emit} never waits for a disk; a lane of its own moves batches from the
 * queue into the log, one transaction each.
 */
final class EmitQueue {

  private static final int LARGEST_TRANSACTION = 1024;

  private final MemoryLog queue;
  private final @Nullable Lane mover;

  private EmitQueue(MemoryLog queue, @Nullable Lane mover) {
    this.queue = queue;
    this.mover = mover;
  }

  static EmitQueue before(EventLog log, MemoryLog queue, DiagnosticSink diagnostics) {
    if (log == queue) {
      return new EmitQueue(queue, null);
    }
    LaneWake wake = new LaneWake();
    LogReader reader = queue.open("journal", true, Beginning.NEWEST, wake);
    LaneSetup setup =
        new LaneSetup(
            "journal",
            null,
            new Mover(log),
            diagnostics,
            UnaryOperator.identity(),
            null,
            Pauses.DEFAULT,
            false);
    Lane lane = new Lane(setup, reader, wake, () -> 0, null);
    try {
      lane.start();
    } catch (StepFailure e) {
      throw new IllegalStateException(e); // the mover's start does nothing
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new EmitQueue(queue, lane);
  }

  void offer(Event event) {
    queue.offer(event);
  }

  /** Events lost before any subscriber could see them. */
  long lost() {
    return mover == null ? queue.lost() : queue.lost() + mover.reader().dropped();
  }

  /** Whether everything offered so far reached the log in time. */
  boolean flush(Duration timeout) {
    if (mover == null) {
      return true;
    }
    try {
      return mover.flush(queue.newest()).get(Nanos.of(timeout), TimeUnit.NANOSECONDS).pending()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  void close(long deadlineNanos, List<String> abandoned) {
    if (mover == null) {
      return;
    }
    if (LaneStops.stop(List.of(mover), deadlineNanos, abandoned)) {
      Thread.currentThread().interrupt();
    }
    mover.reader().close(true);
    queue.close();
  }

  /** Moves batches into a log. */
  private static final class Mover implements Subscriber {

    private final EventLog log;

    Mover(EventLog log) {
      this.log = log;
    }

    @Override
    public Settings settings() {
      return new Settings(LARGEST_TRANSACTION, Duration.ZERO, Duration.ZERO, true);
    }

    @Override
    public DeliveryResult deliver(List<Event> events) throws InterruptedException {
      try {
        log.append(null, events, Map.of());
        return DeliveryResult.done(events.size());
      } catch (LogException e) {
        return DeliveryResult.retry(String.valueOf(e.getMessage()), null);
      }
    }
  }
}
