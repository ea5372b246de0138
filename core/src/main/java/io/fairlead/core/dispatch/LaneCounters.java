package io.fairlead.core.dispatch;

import io.fairlead.spi.Subscriber.DeliveryResult;
import org.jspecify.annotations.Nullable;

/** What a lane counts. Written by the lane's thread, read by any. */
final class LaneCounters {

  private volatile long delivered;
  private volatile long failed;
  private volatile @Nullable String lastError;
  private long reportedDelivered;
  private long reportedFailed;
  private long reportedDropped;
  private volatile long droppedBefore;

  /** Events lost before the lane began are none of its own. */
  synchronized void baseline(long dropped) {
    reportedDropped = dropped;
  }

  /** The lane ends, and another of its name goes on counting. */
  void keepDropped(long dropped) {
    droppedBefore = dropped;
  }

  /** What earlier lanes of the name had dropped. */
  long droppedBefore() {
    return droppedBefore;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void add(DeliveryResult result) {
    delivered += result.delivered();
    failed += result.rejected();
  }

  void error(@Nullable String reason) {
    lastError = reason;
  }

  long delivered() {
    return delivered;
  }

  long failed() {
    return failed;
  }

  @Nullable String lastError() {
    return lastError;
  }

  /** What happened since the last settled report. Settling makes this one the last. */
  synchronized SubscriberOutcome report(
      String name, long dropped, long pending, boolean timedOut, boolean settle) {
    long nowDelivered = delivered;
    long nowFailed = failed;
    SubscriberOutcome outcome =
        new SubscriberOutcome(
            name,
            nowDelivered - reportedDelivered,
            nowFailed - reportedFailed,
            dropped - reportedDropped,
            pending,
            timedOut,
            lastError);
    if (settle) {
      reportedDelivered = nowDelivered;
      reportedFailed = nowFailed;
      reportedDropped = dropped;
    }
    return outcome;
  }
}
