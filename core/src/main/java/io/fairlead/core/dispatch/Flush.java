package io.fairlead.core.dispatch;

import io.fairlead.core.log.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for lanes to have done everything that was taken before. */
final class Flush {

  private Flush() {}

  static List<SubscriberOutcome> of(
      List<Lane> lanes, EventLog log, EmitQueue queue, Duration timeout) {
    long deadline = System.nanoTime() + Nanos.of(timeout);
    boolean queued = !queue.flush(timeout);
    long target = log.newest();
    List<CompletableFuture<SubscriberOutcome>> waits = new ArrayList<>();
    for (Lane lane : lanes) {
      waits.add(lane.flush(target));
    }
    List<SubscriberOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      outcomes.add(await(lanes.get(i), waits.get(i), deadline, queued));
    }
    return outcomes;
  }

  private static SubscriberOutcome await(
      Lane lane, CompletableFuture<SubscriberOutcome> wait, long deadline, boolean queued) {
    try {
      SubscriberOutcome outcome =
          wait.get(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
      return queued ? lane.outcome(true) : outcome;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // Answered below: the lane was not done in time.
    }
    return lane.outcome(true);
  }
}
