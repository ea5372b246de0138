package io.fairlead.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who has acknowledged what. Used under the journal's lock. */
final class Positions {

  /** Fewer acknowledged events are not worth a delete. */
  static final long TRIM_STEP = 2048;

  private final Map<String, Long> acknowledged;
  private final List<JournalReader> readers = new ArrayList<>();

  Positions(Map<String, Long> stored) {
    acknowledged = new TreeMap<>(stored);
  }

  @Nullable Long position(String name) {
    return acknowledged.get(name);
  }

  void put(String name, long position) {
    acknowledged.put(name, position);
  }

  void remove(String name) {
    acknowledged.remove(name);
  }

  boolean isEmpty() {
    return acknowledged.isEmpty();
  }

  void ensureFree(String name) {
    if (readers.stream().anyMatch(other -> other.name().equals(name))) {
      throw new IllegalArgumentException("a reader named '" + name + "' is open");
    }
  }

  void open(JournalReader reader) {
    readers.add(reader);
  }

  boolean isOpen(JournalReader reader) {
    return readers.contains(reader);
  }

  /** Ends a reader; says whether it was open. */
  boolean close(JournalReader reader) {
    return readers.remove(reader);
  }

  /** Names with a position whose readers are not open. */
  List<String> notOpen() {
    List<String> names = new ArrayList<>(acknowledged.keySet());
    readers.forEach(reader -> names.remove(reader.name()));
    return names;
  }

  /** Number of the last event that nobody needs any more. */
  long acknowledgedByAll(long newest) {
    long least = newest;
    for (long position : acknowledged.values()) {
      least = Math.min(least, position);
    }
    return least;
  }

  /** Readers that hold no batch and have not acknowledged an event. */
  List<JournalReader> idleBefore(long number) {
    return readers.stream().filter(reader -> reader.isIdleBefore(number)).toList();
  }

  /** Moves everybody past what is gone; says how many events that cost them together. */
  long force(long oldest) {
    long lost = 0;
    for (JournalReader reader : readers) {
      lost += reader.skipTo(oldest);
      acknowledged.put(reader.name(), reader.lastAcknowledged());
    }
    return lost;
  }

  /** The wake-ups whose wish has come true. */
  List<Runnable> due(long newest) {
    List<Runnable> due = new ArrayList<>();
    for (JournalReader reader : readers) {
      Runnable wake = reader.takeWake(newest);
      if (wake != null) {
        due.add(wake);
      }
    }
    return due;
  }
}
