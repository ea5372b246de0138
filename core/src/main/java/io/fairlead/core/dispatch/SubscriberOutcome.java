package io.fairlead.core.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * How one subscriber stands at the end of a flush or close.
 *
 * @param subscriber its name
 * @param delivered items the other side accepted since the flush before
 * @param failed items it refused for good since the flush before
 * @param dropped events lost to a bound since the flush before
 * @param pending events that still wait
 * @param timedOut whether the time was over before everything pending was done
 * @param lastError the latest trouble in words, or null when the last delivery went well
 */
public record SubscriberOutcome(
    String subscriber,
    long delivered,
    long failed,
    long dropped,
    long pending,
    boolean timedOut,
    @Nullable String lastError) {

  /** Whether everything was accepted: nothing refused, lost, waiting or late. */
  public boolean complete() {
    return failed == 0 && dropped == 0 && pending == 0 && !timedOut;
  }
}
