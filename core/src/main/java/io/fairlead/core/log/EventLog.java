package io.fairlead.core.log;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events in the order they were taken, numbered from 1 without gaps, kept until their readers have
 * acknowledged them. Thread-safe. Bounded: what a bound forces out is counted for each reader that
 * had not read it.
 */
public interface EventLog extends AutoCloseable {

  /** Where a reader begins that the log does not know yet. */
  enum Beginning {
    /** After the newest event. */
    NEWEST,
    /** At the oldest event the log still has. */
    OLDEST,
    /** After the newest event, even when an earlier run left a position under that name. */
    FRESH
  }

  /**
   * Begins or resumes reading.
   *
   * @param name names the position; at most one open reader each
   * @param required whether events are kept for it even when that blocks or fills the log
   * @param beginning where to begin when there is no position under that name
   * @param wake called, from any thread, each time a wish of {@link LogReader#wakeWhen} comes true;
   *     must not block
   * @throws IllegalArgumentException when a reader of that name is open
   */
  LogReader open(String name, boolean required, Beginning beginning, Runnable wake)
      throws LogException;

  /** Gives up the positions of all readers that are not open, so that they hold nothing. */
  void forgetOthers() throws LogException;

  /**
   * Takes events and a source's new state, all or nothing. Blocks while there is no room and
   * waiting can make some.
   *
   * @param source whose state it is, or null when there is none
   * @param events in order; may be empty
   * @param state keys to set; a null value removes the key
   * @throws LogException when nothing was taken; a later call may succeed
   * @throws InterruptedException when interrupted while waiting for room; nothing was taken
   */
  void append(@Nullable String source, List<Event> events, Map<String, byte @Nullable []> state)
      throws LogException, InterruptedException;

  /** A view of a source's state as of its last append. */
  SourceState sourceState(String source);

  /** Number of the newest event, 0 when there was none. */
  long newest();

  /** Whether what is unread survives the end of the process. */
  boolean durable();

  /** Lets go of everything; appends fail from now on. Never throws, safe when called again. */
  @Override
  void close();
}
