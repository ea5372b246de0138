package io.fairlead.spi;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's durable memory: keys with small values, as of its last commit. Kept per component
 * instance, in the journal when there is one, else in memory. Not thread-safe.
 */
public interface SourceState {

  /** The value last committed for a key, or null. The caller must not change it. */
  byte @Nullable [] get(String key);

  /** Visits every key that begins with a prefix, in key order. */
  void forEach(String prefix, BiConsumer<String, byte[]> visitor);
}
