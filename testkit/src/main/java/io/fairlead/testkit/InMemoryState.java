package io.fairlead.testkit;

import io.fairlead.spi.SourceState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A {@link SourceState} in memory. It copies what goes in and out, as a journal does. */
public final class InMemoryState implements SourceState {

  private final TreeMap<String, byte[]> values = new TreeMap<>();

  /** An empty state. */
  public InMemoryState() {}

  /** Sets keys as a commit does: a null value removes its key. */
  public void apply(Map<String, byte @Nullable []> changes) {
    changes.forEach(
        (key, value) -> {
          if (value == null) {
            values.remove(key);
          } else {
            values.put(key, value.clone());
          }
        });
  }

  @Override
  public byte @Nullable [] get(String key) {
    byte[] value = values.get(key);
    return value == null ? null : value.clone();
  }

  @Override
  public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {
    for (Map.Entry<String, byte[]> entry : values.tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        return;
      }
      visitor.accept(entry.getKey(), entry.getValue().clone());
    }
  }
}
