package io.fairlead.core.dispatch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses that double from a first one to a longest one, each up to a fifth shorter by chance so
 * that many programs do not come back at once.
 *
 * @param first after the first failure
 * @param longest never longer
 */
public record Pauses(Duration first, Duration longest) {

  /** One second to a minute. */
  public static final Pauses DEFAULT = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final int MOST_DOUBLINGS = 30;

  /** Nanoseconds to wait after so many failures in a row, at least one. */
  public long nanosAfter(int failures) {
    long factor = 1L << Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
    long limit = longest.toNanos();
    long pause = first.toNanos() > limit / factor ? limit : first.toNanos() * factor;
    return pause - ThreadLocalRandom.current().nextLong(pause / 5 + 1);
  }
}
