package io.fairlead.cli;

import java.time.Duration;

/** How the outside asks the program to end: Ctrl-C, SIGTERM. */
interface StopSignal {

  /** Waits until the end is asked for. */
  void await() throws InterruptedException;

  /** Waits for a time at most. Says whether the end was asked for. */
  boolean await(Duration time) throws InterruptedException;

  /**
   * Makes a piece of work run when the program is asked to end while the returned guard is open;
   * the process ends with success after it.
   */
  Guard onStop(Runnable work);

  /** Takes the work back. */
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }
}
