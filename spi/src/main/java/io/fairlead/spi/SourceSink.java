package io.fairlead.spi;

import io.fairlead.spi.event.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The door from a runtime adapter into the kernel. */
public interface SourceSink {

  /**
   * Takes events and new values of the adapter's {@link SourceState}, all or nothing and for good:
   * when the call returns, both survive a kill of the process (with a journal), and the events will
   * reach every subscriber at least once. When it throws, neither was taken.
   *
   * <p>Blocks while a log without disk is full, so that a large history is read in bounded memory.
   *
   * @param events in the order subscribers shall see them; within a trace children before their
   *     root's end
   * @param state keys to set; a null value removes the key
   * @throws InterruptedException when the program ends
   */
  void commit(List<Event> events, Map<String, byte @Nullable []> state) throws InterruptedException;
}
