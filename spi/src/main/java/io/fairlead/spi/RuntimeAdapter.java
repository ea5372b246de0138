package io.fairlead.spi;

import java.time.Duration;

/**
 * Turns what an agent runtime leaves behind or sends into events.
 *
 * <p>The kernel calls {@code start}, {@code poll} and {@code close} on one thread of its own, never
 * two at once, so an adapter needs no locks unless it has threads itself. It reads agents' files
 * read-only and never waits for an agent.
 */
public interface RuntimeAdapter extends AutoCloseable {

  /**
   * Called once before the first poll. May open files and sockets; must come back within a second
   * or so. A source that is not there is not a failure: report a diagnostic and look again at each
   * poll. A throw makes {@code initialize} fail.
   *
   * @param state what earlier runs committed
   */
  default void start(SourceState state) throws Exception {}

  /**
   * Reads what is new and commits what is settled, in pieces of at most some thousands of events.
   * Called again at once while it says {@link Poll#more()}, else after {@link Poll#pause()}.
   * Blocking is fine; an interrupt means the program ends: stop reading and throw {@link
   * InterruptedException}. Another throw is reported as a diagnostic, and polling goes on with
   * growing pauses.
   */
  Poll poll(SourceSink sink) throws Exception;

  /** Lets go of files, sockets and threads. Safe without {@code start} and when called again. */
  @Override
  default void close() {}

  /**
   * What a poll found.
   *
   * @param more whether there is more to read right now
   * @param pause how long to wait before the next poll when there is not
   * @param openTurns turns that are known to have begun and not yet to have ended, and are
   *     therefore not committed
   * @param unread whether something the adapter was told to read cannot be read at present
   */
  record Poll(boolean more, Duration pause, int openTurns, boolean unread) {

    /** There is more to read right now. */
    public static Poll again(int openTurns) {
      return new Poll(true, Duration.ZERO, openTurns, false);
    }

    /** Everything that is there was read. */
    public static Poll idle(Duration pause, int openTurns) {
      return new Poll(false, pause, openTurns, false);
    }

    /**
     * All that can be read was read, but something the adapter was told to read cannot be, which it
     * has reported as a diagnostic. A run that reads everything tries a few times more, then counts
     * the source as not read; any other run goes on after the pause.
     */
    public static Poll unread(Duration pause, int openTurns) {
      return new Poll(false, pause, openTurns, true);
    }
  }
}
