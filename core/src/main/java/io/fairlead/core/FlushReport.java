package io.fairlead.core;

import io.fairlead.core.dispatch.SubscriberOutcome;
import java.util.List;

/**
 * How a flush went. Counts begin at the flush before, so that a loss is told once.
 *
 * @param subscribers one entry each, in registration order
 */
public record FlushReport(List<SubscriberOutcome> subscribers) {

  public FlushReport {
    subscribers = List.copyOf(subscribers);
  }

  /** Whether every subscriber had everything accepted in time. */
  public boolean complete() {
    return subscribers.stream().allMatch(SubscriberOutcome::complete);
  }
}
