package io.fairlead.runtimes.atof.endpoint;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;

/** Makes events of hooks our own: they were never a record of another program. */
final class HookFacts {

  private HookFacts() {}

  /**
   * The event without traces of a foreign record.
   *
   * @param incomplete whether its end was not seen but concluded
   */
  static Event own(Event event, boolean incomplete) {
    if (event instanceof ScopeStart start) {
      return own(start);
    }
    if (event instanceof ScopeEnd end) {
      return new ScopeEnd(
          own(end.header()),
          own(end.start()),
          end.profile(),
          end.outcome(),
          end.timeQuality(),
          incomplete);
    }
    return event instanceof Mark mark
        ? new Mark(own(mark.header()), mark.category(), mark.profile())
        : event;
  }

  private static ScopeStart own(ScopeStart start) {
    return new ScopeStart(
        own(start.header()), start.category(), start.attributes(), start.profile(), start.links());
  }

  private static EventHeader own(EventHeader header) {
    return new EventHeader(
        header.uuid(),
        header.parentUuid(),
        header.traceRoot(),
        header.timeNanos(),
        header.name(),
        header.origin(),
        header.data(),
        header.metadata(),
        header.dataSchema(),
        null);
  }
}
