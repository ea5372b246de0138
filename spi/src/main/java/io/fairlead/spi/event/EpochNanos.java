package io.fairlead.spi.event;

import java.time.Instant;

/** Times as events have them: nanoseconds since the Unix epoch. */
public final class EpochNanos {

  private static final long PER_SECOND = 1_000_000_000L;

  private EpochNanos() {}

  /**
   * A time as nanoseconds since the Unix epoch.
   *
   * @throws ArithmeticException when 64 bits cannot hold it: before 1677 or after 2262
   */
  public static long of(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano());
  }
}
