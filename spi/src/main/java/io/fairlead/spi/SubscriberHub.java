package io.fairlead.spi;

import io.fairlead.spi.event.Event;
import java.time.Duration;

/**
 * The place where a program registers subscribers by hand and emits events. Thread-safe. Several
 * hubs may live in one JVM; nothing is static.
 */
public interface SubscriberHub {

  /**
   * Starts a subscriber; it sees events emitted from now on.
   *
   * @throws IllegalArgumentException when the name is taken
   * @throws IllegalStateException when the hub is closed or the subscriber did not start
   */
  void register(String name, Subscriber subscriber);

  /**
   * Delivers what is pending within a few seconds, then closes the subscriber.
   *
   * @return whether there was one of that name
   */
  boolean deregister(String name);

  /**
   * Hands over an event. Never throws; by default never blocks. An event that finds no room is
   * counted and reported.
   */
  void emit(Event event);

  /**
   * Waits until everything emitted so far was delivered by one subscriber.
   *
   * @return true when all of it was accepted; false when something was refused, dropped or is still
   *     pending after the timeout, or when there is no subscriber of that name
   */
  boolean flush(String name, Duration timeout);
}
