package io.fairlead.core;

import io.fairlead.core.dispatch.SubscriberOutcome;
import java.util.List;

/**
 * How a close went.
 *
 * @param subscribers one entry each, in registration order; counts begin at the last flush
 * @param abandoned threads that did not end although interrupted, by component or subscriber; they
 *     are daemons
 */
public record CloseReport(List<SubscriberOutcome> subscribers, List<String> abandoned) {

  public CloseReport {
    subscribers = List.copyOf(subscribers);
    abandoned = List.copyOf(abandoned);
  }

  /** Whether everything was accepted and every thread has ended. */
  public boolean complete() {
    return abandoned.isEmpty() && subscribers.stream().allMatch(SubscriberOutcome::complete);
  }
}
