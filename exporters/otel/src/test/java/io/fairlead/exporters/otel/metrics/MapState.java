package io.fairlead.exporters.otel.metrics;

import io.fairlead.spi.SourceState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A subscriber's durable state in memory. */
public final class MapState implements SourceState {

  private final TreeMap<String, byte[]> values = new TreeMap<>();

  /** Takes what a delivery saved. */
  public void save(Map<String, byte @Nullable []> changes) {
    changes.forEach(
        (key, value) -> {
          if (value == null) {
            values.remove(key);
          } else {
            values.put(key, value);
          }
        });
  }

  /** The keys of all values. */
  public Set<String> keys() {
    return values.keySet();
  }

  @Override
  public byte @Nullable [] get(String key) {
    return values.get(key);
  }

  @Override
  public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {
    values.tailMap(prefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
  }
}
