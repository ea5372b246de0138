package io.fairlead.core.log;

import io.fairlead.spi.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Consecutively numbered events, taken away from the old end. Grows as needed; not thread-safe. */
final class EventRing {

  private static final int FIRST_LENGTH = 256;

  private @Nullable Event[] slots = new @Nullable Event[FIRST_LENGTH];
  private long oldest = 1;
  private long newest = 0;

  long oldest() {
    return oldest;
  }

  long newest() {
    return newest;
  }

  int size() {
    return (int) (newest - oldest + 1);
  }

  void add(Event event) {
    if (size() == slots.length) {
      grow();
    }
    newest++;
    slots[slot(newest, slots.length)] = event;
  }

  void removeBelow(long number) {
    while (oldest < number) {
      slots[slot(oldest, slots.length)] = null;
      oldest++;
    }
  }

  List<Event> copy(long first, int count) {
    List<Event> copy = new ArrayList<>(count);
    for (long number = first; number < first + count; number++) {
      Event event = slots[slot(number, slots.length)];
      if (event != null) {
        copy.add(event);
      }
    }
    return copy;
  }

  private void grow() {
    @Nullable Event[] larger = new @Nullable Event[slots.length * 2];
    for (long number = oldest; number <= newest; number++) {
      larger[slot(number, larger.length)] = slots[slot(number, slots.length)];
    }
    slots = larger;
  }

  /** The length is a power of two. */
  private static int slot(long number, int length) {
    return (int) number & (length - 1);
  }
}
