package io.fairlead.runtimes.common.turns;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Turns the scopes of a settled turn into events in the order subscribers shall see them. */
public final class TurnEvents {

  private TurnEvents() {}

  /**
   * The root's start, then starts and ends of the children by time, then the reports, then the
   * root's end. The root is widened to hold its children.
   *
   * @param traceRoot root of the trace, which is another scope when the turn nests under one
   * @param children scopes below the root
   * @param reports further events that belong to the turn
   */
  public static List<Event> of(
      UUID traceRoot,
      Origin origin,
      ScopeDraft root,
      List<ScopeDraft> children,
      List<? extends Event> reports) {
    ScopeDraft widened = root;
    for (ScopeDraft child : children) {
      widened = widened.holding(child);
    }
    List<Event> events = new ArrayList<>(children.size() * 2 + reports.size() + 2);
    ScopeStart rootStart = start(traceRoot, origin, widened);
    events.add(rootStart);
    events.addAll(children(traceRoot, origin, children));
    events.addAll(reports);
    events.add(end(rootStart, widened));
    return events;
  }

  /** The same events with metadata on every scope. */
  public static List<Event> withMetadata(List<Event> events, Json metadata) {
    List<Event> result = new ArrayList<>(events.size());
    for (Event event : events) {
      if (event instanceof ScopeStart start) {
        result.add(with(start, metadata));
      } else if (event instanceof ScopeEnd end) {
        result.add(
            new ScopeEnd(
                end.header().withMetadata(metadata),
                with(end.start(), metadata),
                end.profile(),
                end.outcome(),
                end.timeQuality(),
                end.incomplete()));
      } else {
        result.add(event);
      }
    }
    return result;
  }

  private static ScopeStart with(ScopeStart start, Json metadata) {
    return new ScopeStart(
        start.header().withMetadata(metadata),
        start.category(),
        start.attributes(),
        start.profile(),
        start.links());
  }

  /** Starts and ends of scopes by time, without the root above them. */
  public static List<Event> children(UUID traceRoot, Origin origin, List<ScopeDraft> children) {
    List<Event> events = new ArrayList<>();
    for (ScopeDraft child : children) {
      ScopeStart start = start(traceRoot, origin, child);
      events.add(start);
      events.add(end(start, child));
    }
    // Stable: of equal times the order of the drafts holds, so a start stays before its end.
    events.sort(Comparator.comparingLong(event -> event.header().timeNanos()));
    return events;
  }

  private static ScopeStart start(UUID traceRoot, Origin origin, ScopeDraft draft) {
    EventHeader header =
        new EventHeader(
            draft.uuid(), draft.parent(), traceRoot, draft.startNanos(), draft.name(), origin);
    return new ScopeStart(
        header.withData(draft.content().input()).withMetadata(draft.content().metadata()),
        draft.category(),
        List.of(),
        draft.profile(),
        draft.links());
  }

  private static ScopeEnd end(ScopeStart start, ScopeDraft draft) {
    return new ScopeEnd(
        start.header().at(draft.endNanos(), draft.content().output()),
        start,
        draft.profile(),
        draft.outcome(),
        draft.quality(),
        draft.incomplete());
  }
}
