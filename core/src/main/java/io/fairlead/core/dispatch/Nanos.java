package io.fairlead.core.dispatch;

import java.time.Duration;

/** Lengths of time in nanoseconds that may be added to {@link System#nanoTime} without overflow. */
public final class Nanos {

  private static final Duration LONGEST = Duration.ofDays(365);

  private Nanos() {}

  /** Nanoseconds of a duration: none when it is negative, a year when it is longer. */
  public static long of(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
  }
}
