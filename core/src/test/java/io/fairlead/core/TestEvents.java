package io.fairlead.core;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeStart;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Events told apart by a number. */
public final class TestEvents {

  private static final Origin ORIGIN = Origin.of("test");

  private TestEvents() {}

  /** The mark of a number. */
  public static Event mark(long number) {
    UUID uuid = new UUID(0, number);
    return new Mark(new EventHeader(uuid, null, uuid, number, "mark-" + number, ORIGIN));
  }

  /** Marks with the numbers from first to last. */
  public static List<Event> marks(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(TestEvents::mark).toList();
  }

  /** The start of an agent's scope. */
  public static ScopeStart start(long number, @Nullable UUID parent) {
    UUID uuid = new UUID(1, number);
    UUID root = parent == null ? uuid : parent;
    return new ScopeStart(
        new EventHeader(uuid, parent, root, number, "agent-" + number, ORIGIN),
        ScopeCategory.AGENT,
        null);
  }

  /** Names of events, in order. */
  public static List<String> names(List<? extends Event> events) {
    return events.stream().map(event -> event.header().name()).toList();
  }
}
