package io.fairlead.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. Safe to use from any thread. */
public final class ManualClock implements InstantSource {

  private Instant now;

  /** A clock that stands at an instant. */
  public ManualClock(Instant start) {
    now = start;
  }

  /** A clock that stands at an instant in ISO 8601. */
  public static ManualClock at(String instant) {
    return new ManualClock(Instant.parse(instant));
  }

  /** Moves on by a length of time. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /** Jumps to an instant, also backwards. */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public String toString() {
    return "ManualClock at " + instant();
  }
}
