package io.fairlead.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A look at the running kernel. Each call is a fresh, consistent snapshot; cheap. */
public interface KernelStatus {

  /** Every subscriber in registration order. */
  List<SubscriberStatus> subscribers();

  /** Events taken in since the start. */
  long events();

  /** Events lost before any subscriber could see them, because a bound was reached. */
  long dropped();

  /**
   * Counters of one subscriber since the start of the program.
   *
   * @param name its name
   * @param delivered items (spans, points, lines) the other side accepted
   * @param failed items given up: refused for good
   * @param dropped events a bound forced out before they were delivered
   * @param pending events that wait for it
   * @param lastError the latest trouble in words, or null when the last delivery went well
   */
  record SubscriberStatus(
      String name,
      long delivered,
      long failed,
      long dropped,
      long pending,
      @Nullable String lastError) {}
}
