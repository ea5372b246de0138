package io.fairlead.cli;

import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;

/**
 * Ends the process when a thread ended for want of memory: the others would wait for it for ever.
 */
final class OutOfMemory implements UncaughtExceptionHandler {

  static final String MESSAGE =
      "fairlead: out of memory: give it more with FAIRLEAD_JAVA_OPTS=-Xmx512m";

  private final PrintStream err;
  private final Runnable end;

  /**
   * @param err takes the message
   * @param end ends the process
   */
  OutOfMemory(PrintStream err, Runnable end) {
    this.err = err;
    this.end = end;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      err.println(MESSAGE);
      end.run();
    } else {
      err.println("fairlead: " + thread.getName() + " ended: " + failure);
    }
  }
}
