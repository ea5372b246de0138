package io.fairlead.runtimes.atof.files;

import io.fairlead.spi.SourceSink;
import io.fairlead.spi.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Events and positions on their way into one commit. */
final class Batch {

  private static final int EVENTS = 1_000;
  private static final long BYTES = 8L << 20;

  private final List<Event> events = new ArrayList<>();
  private final TreeMap<String, byte @Nullable []> state = new TreeMap<>();
  private long bytes;

  void add(Event event, long lineBytes) {
    events.add(event);
    bytes += lineBytes;
  }

  /** Counts a line that gives no event: many of them are work as well. */
  void skip(long lineBytes) {
    bytes += lineBytes;
  }

  void set(String key, byte @Nullable [] value) {
    state.put(key, value);
  }

  boolean isFull() {
    return events.size() >= EVENTS || bytes >= BYTES;
  }

  /** Nothing is kept when nothing is new. */
  void commit(SourceSink sink) throws InterruptedException {
    if (!state.isEmpty() || !events.isEmpty()) {
      sink.commit(events, state);
    }
  }
}
