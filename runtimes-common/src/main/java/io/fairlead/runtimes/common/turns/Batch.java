package io.fairlead.runtimes.common.turns;

import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events and state that are committed together. What was put is seen by later reads at once; a
 * reader that fails forgets the batch and begins again from what is committed.
 */
public final class Batch {

  private static final int MAX_EVENTS = 1000;
  private static final int MAX_KEYS = 5000;

  private final SourceState committed;
  private List<Event> events = new ArrayList<>();
  private Map<String, byte @Nullable []> changes = new HashMap<>();

  /**
   * An empty batch.
   *
   * @param committed what reads fall back to
   */
  public Batch(SourceState committed) {
    this.committed = committed;
  }

  /** The value put last, else the committed one, else null. */
  public byte @Nullable [] get(String key) {
    return changes.containsKey(key) ? changes.get(key) : committed.get(key);
  }

  /** The value as text, or null. */
  public @Nullable String text(String key) {
    byte[] value = get(key);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /** Sets a key; null removes it. */
  public void put(String key, byte @Nullable [] value) {
    changes.put(key, value);
  }

  /** Sets a key to a text. */
  public void put(String key, String text) {
    put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds events behind those added before. */
  public void add(List<? extends Event> more) {
    events.addAll(more);
  }

  /** Commits when much has come together. Called only between sessions. */
  public void commitIfFull(SourceSink sink) throws InterruptedException {
    if (events.size() >= MAX_EVENTS || changes.size() >= MAX_KEYS) {
      commit(sink);
    }
  }

  /** Commits everything put and added since the last commit. */
  public void commit(SourceSink sink) throws InterruptedException {
    if (events.isEmpty() && changes.isEmpty()) {
      return;
    }
    List<Event> piece = events;
    Map<String, byte @Nullable []> keys = changes;
    events = new ArrayList<>();
    changes = new HashMap<>();
    sink.commit(piece, keys);
  }
}
