package io.fairlead.runtimes.atof.hooks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map that forgets its oldest entry when it is full. */
final class Limited<V extends @Nullable Object> extends LinkedHashMap<String, V> {

  private static final long serialVersionUID = 1;

  private final int most;

  Limited(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > most;
  }
}
