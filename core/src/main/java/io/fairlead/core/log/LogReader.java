package io.fairlead.core.log;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's place in a log. {@link #read}, {@link #acknowledge} and {@link #close} are
 * called by one thread; the rest may be called by any.
 */
public interface LogReader {

  /**
   * The next events, at most {@code max}, empty when there are none. The caller keeps them until it
   * acknowledges: they are not read twice, except by a reader opened after a restart.
   */
  List<Event> read(int max) throws LogException;

  /**
   * Moves the position past everything read and saves state, in one step.
   *
   * @param state keys to set; a null value removes the key
   * @throws LogException when neither happened; the call may be repeated
   */
  void acknowledge(Map<String, byte @Nullable []> state) throws LogException;

  /** What this reader saved with its acknowledgements. */
  SourceState state();

  /**
   * Says whether {@code count} events wait to be read; when not, the reader's wake-up is called
   * once they do. Each call replaces the wish before it.
   */
  boolean wakeWhen(int count);

  /** Number of the last event that is over for this reader: acknowledged, or forced out. */
  long position();

  /** Events that were taken and are not over for this reader. */
  long pending();

  /** Events a bound forced out before this reader had read them, since it was opened. */
  long dropped();

  /**
   * Ends reading.
   *
   * @param forget whether the position is given up too
   */
  void close(boolean forget);
}
