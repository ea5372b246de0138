package io.fairlead.runtimes.common.http;

import java.util.concurrent.TimeUnit;

/** Lets so many pass a second, and as many at once after a rest. */
final class RateLimit {

  private final int perSecond;
  private double left;
  private long last = System.nanoTime();

  RateLimit(int perSecond) {
    this.perSecond = perSecond;
    this.left = perSecond;
  }

  synchronized boolean pass() {
    long now = System.nanoTime();
    double gained = (now - last) * (double) perSecond / TimeUnit.SECONDS.toNanos(1);
    left = Math.min(perSecond, left + gained);
    last = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
