package io.fairlead.runtimes.atof.endpoint;

import io.fairlead.atof.AtofReader;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records of streams as events. The starts of open scopes are part of the source's state, so that
 * an end finds its start after a restart. A record that was sent again, because its answer was
 * lost, is left out.
 */
final class StreamReader {

  private static final String OPEN = "stream/open/";
  private static final int MOST_OPEN = 10_000;
  private static final int MOST_SEEN = 20_000;

  private final AtofReader reader;
  private final Map<String, byte[]> open = new LinkedHashMap<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private final Map<String, byte @Nullable []> changes = new TreeMap<>();
  private @Nullable String problem;

  StreamReader(String instance) {
    this.reader = new AtofReader(instance, (line, reason) -> problem = reason);
  }

  void load(SourceState state) {
    open.clear();
    seen.clear();
    changes.clear();
    state.forEach(
        OPEN,
        (key, line) -> {
          open.put(key, line);
          reader.readLine(line);
        });
  }

  /** Why the last line was no record, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** The event of a line; null when it is none, or was seen before. */
  @Nullable Event read(byte[] line) {
    problem = null;
    Event event = reader.readLine(line);
    if (event == null || !isNew(event)) {
      return null;
    }
    String key = OPEN + event.header().uuid();
    if (event instanceof ScopeStart) {
      open.put(key, line);
      changes.put(key, line);
      if (open.size() > MOST_OPEN) {
        forget(open.keySet().iterator().next());
      }
    } else if (event instanceof ScopeEnd) {
      forget(key);
    }
    return event;
  }

  private boolean isNew(Event event) {
    String half =
        event instanceof ScopeStart ? "start" : event instanceof ScopeEnd ? "end" : "mark";
    boolean added = seen.add(half + event.header().uuid());
    if (seen.size() > MOST_SEEN) {
      seen.remove(seen.iterator().next());
    }
    return added;
  }

  private void forget(String key) {
    if (open.remove(key) != null) {
      changes.put(key, null);
    }
  }

  Map<String, byte @Nullable []> changes() {
    Map<String, byte @Nullable []> taken = new TreeMap<>(changes);
    changes.clear();
    return taken;
  }
}
