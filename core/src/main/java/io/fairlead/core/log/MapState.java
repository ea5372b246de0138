package io.fairlead.core.log;

import io.fairlead.spi.SourceState;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** State that lives as long as the program. */
final class MapState implements SourceState {

  private final ConcurrentNavigableMap<String, byte[]> values = new ConcurrentSkipListMap<>();

  @Override
  public byte @Nullable [] get(String key) {
    return values.get(key);
  }

  @Override
  public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {
    for (Map.Entry<String, byte[]> entry : values.tailMap(prefix, true).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        return;
      }
      visitor.accept(entry.getKey(), entry.getValue());
    }
  }

  void apply(Map<String, byte @Nullable []> changes) {
    changes.forEach(
        (key, value) -> {
          if (value == null) {
            values.remove(key);
          } else {
            values.put(key, value.clone());
          }
        });
  }
}
