package io.fairlead.core.dispatch;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waiting for stopped lanes. */
final class LaneStops {

  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private LaneStops() {}

  /**
   * Waits for the end of lanes that were told to stop, each until its deadline and a moment longer.
   *
   * @param abandoned receives the names of those that did not end
   * @return whether the calling thread was interrupted meanwhile
   */
  static boolean await(List<Lane> lanes, List<String> abandoned) {
    boolean interrupted = false;
    for (Lane lane : lanes) {
      boolean over = false;
      while (!over) {
        try {
          if (!lane.awaitEnd(GRACE_NANOS)) {
            abandoned.add(lane.name());
          }
          over = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    return interrupted;
  }
}
