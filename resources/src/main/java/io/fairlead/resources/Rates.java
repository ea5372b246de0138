package io.fairlead.resources;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns counters into what happened per second since the measurement before. A counter that went
 * back began anew, and a process that was not there before and is older than that measurement was
 * merely not looked at: neither has a rate.
 */
final class Rates {

  private static final double MILLIS = 1000;

  private record Key(String counter, Object of) {}

  private Map<Key, Long> before = Map.of();
  private Map<Key, Long> now = new HashMap<>();
  private long beforeMillis;
  private long nowMillis;

  /** Begins a measurement. */
  void begin(long millis) {
    before = now;
    now = new HashMap<>();
    beforeMillis = nowMillis;
    nowMillis = millis;
  }

  /** The rate of one counter, or null when it is not known. */
  @Nullable Double perSecond(String counter, Object of, @Nullable Long value) {
    Long old = remember(counter, of, value);
    return value == null || old == null || value < old ? null : rate(value - old);
  }

  /** The rate of all processes that have one, or null when none has. */
  @Nullable Double perSecond(
      String counter, List<ProcessFacts> processes, Function<ProcessFacts, @Nullable Long> counts) {
    Double sum = null;
    for (ProcessFacts process : processes) {
      Long value = counts.apply(process);
      Long old = remember(counter, process.id(), value);
      Double rate = null;
      if (value != null && old != null && value >= old) {
        rate = rate(value - old);
      } else if (value != null && old == null && isNew(process)) {
        rate = rate(value);
      }
      if (rate != null) {
        sum = sum == null ? rate : (Double) (sum + rate);
      }
    }
    return sum;
  }

  private @Nullable Long remember(String counter, Object of, @Nullable Long value) {
    Key key = new Key(counter, of);
    if (value != null) {
      now.put(key, value);
    }
    return before.get(key);
  }

  private boolean isNew(ProcessFacts process) {
    return !before.isEmpty() && process.id().startMillis() >= beforeMillis;
  }

  private @Nullable Double rate(long change) {
    long elapsed = nowMillis - beforeMillis;
    return elapsed <= 0 ? null : (Double) (change * MILLIS / elapsed);
  }
}
