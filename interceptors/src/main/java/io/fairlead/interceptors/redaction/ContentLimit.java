package io.fairlead.interceptors.redaction;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;

/** Cuts payloads: of one beyond the bound the beginning is kept, as text. */
final class ContentLimit {

  private final int mostCharacters;

  ContentLimit(int mostCharacters) {
    this.mostCharacters = mostCharacters;
  }

  Event apply(Event event) {
    if (event instanceof ScopeStart start) {
      return start(start);
    }
    if (event instanceof ScopeEnd end) {
      return new ScopeEnd(
          header(end.header()),
          start(end.start()),
          end.profile(),
          end.outcome(),
          end.timeQuality(),
          end.incomplete());
    }
    return event instanceof Mark mark
        ? new Mark(header(mark.header()), mark.category(), mark.profile())
        : event;
  }

  private ScopeStart start(ScopeStart start) {
    return new ScopeStart(
        header(start.header()),
        start.category(),
        start.attributes(),
        start.profile(),
        start.links());
  }

  private EventHeader header(EventHeader header) {
    Json data = header.data();
    return data == null || data.text().length() <= mostCharacters
        ? header
        : header.withData(Json.ofString(data.text().substring(0, mostCharacters)));
  }
}
