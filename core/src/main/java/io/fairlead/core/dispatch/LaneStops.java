package io.fairlead.core.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stopping lanes together. */
final class LaneStops {

  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private LaneStops() {}

  /**
   * Lets lanes deliver what is pending until a deadline, interrupts those that have not ended by
   * then, and waits a moment more.
   *
   * @param abandoned receives the names of those that did not end
   * @return whether the calling thread was interrupted meanwhile
   */
  static boolean stop(List<Lane> lanes, long deadlineNanos, List<String> abandoned) {
    lanes.forEach(lane -> lane.stop(deadlineNanos));
    return awaitEnd(lanes, deadlineNanos, abandoned);
  }

  /** The same for one lane that leaves what is pending to another: only a delivery is ended. */
  static boolean halt(Lane lane, long deadlineNanos, List<String> abandoned) {
    lane.stop(System.nanoTime());
    return awaitEnd(List.of(lane), deadlineNanos, abandoned);
  }

  private static boolean awaitEnd(List<Lane> lanes, long deadlineNanos, List<String> abandoned) {
    List<Lane> alive = new ArrayList<>(lanes);
    boolean interrupted = joinAll(alive, deadlineNanos);
    alive.forEach(Lane::interrupt);
    interrupted |= joinAll(alive, System.nanoTime() + GRACE_NANOS);
    alive.forEach(lane -> abandoned.add(lane.name()));
    return interrupted;
  }

  /** Takes away the lanes that end until the deadline. */
  private static boolean joinAll(List<Lane> alive, long deadlineNanos) {
    boolean interrupted = false;
    List<Lane> waiting = new ArrayList<>(alive);
    for (int i = 0; i < waiting.size(); ) {
      try {
        if (waiting.get(i).join(deadlineNanos - System.nanoTime())) {
          alive.remove(waiting.get(i));
        }
        i++;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
