package io.fairlead.atof;

import io.fairlead.atof.bodies.BodyFacts;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeEvent;
import io.fairlead.spi.event.ScopeStart;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Events as ATOF 0.1 records, one JSON object per line, members sorted, as NeMo Relay writes them.
 *
 * <p>What ATOF has no member for (origin, token usage, cost, outcome, links, …) stands typed under
 * {@code metadata.fairlead}; a {@link io.fairlead.spi.event.UsageReported} is a mark named {@code
 * usage}. An event that {@link AtofReader} read from another program's file, and that nobody has
 * changed since, is written as the equal JSON object without any addition; so is one that was given
 * no facts but those its own bodies say, which every reader finds again. Payload and metadata
 * always come from the event, so that what a redactor took out stays out.
 *
 * <p>Stateless; safe to use from any thread.
 */
public final class AtofWriter {

  /** Makes a writer. */
  public AtofWriter() {}

  /** The record of an event, without a line break at its end or within. */
  public String line(Event event) {
    EventHeader header = event.header();
    SortedMap<String, String> members = PlainRecord.of(event);
    AsWritten asWritten = AsWritten.of(header.unknownFields());
    asWritten.restore(members);
    boolean unseen = event instanceof ScopeEnd end && end.incomplete();
    if (unseen || !asWritten.foreign() || !saysEverything(members, event)) {
      members.put("metadata", TypedFacts.into(header.metadata(), event, asWritten.foreign()));
    }
    return PlainRecord.line(members);
  }

  /** Whether a reader of the record alone would find the event's profile and outcome in it. */
  private static boolean saysEverything(SortedMap<String, String> members, Event event) {
    JsonObject metadata = PlainFacts.object(members.getOrDefault("metadata", PlainRecord.NULL));
    boolean ended = event instanceof ScopeEnd;
    Profile plain =
        PlainFacts.profile(
            category(event),
            event.header().name(),
            ended,
            PlainFacts.object(members.getOrDefault("category_profile", PlainRecord.NULL)),
            metadata);
    Outcome outcome = ended ? PlainFacts.outcome(metadata) : Outcome.UNSET;
    return outcome.equals(outcome(event))
        && (Objects.equals(plain, profile(event))
            || Objects.equals(withBodies(plain, event), profile(event)));
  }

  /** The facts of a plain record together with those its bodies say. */
  private static @Nullable Profile withBodies(@Nullable Profile plain, Event event) {
    if (event instanceof ScopeStart start) {
      return BodyFacts.fill(
              new ScopeStart(
                  start.header(), start.category(), start.attributes(), plain, start.links()))
          .profile();
    }
    if (event instanceof ScopeEnd end) {
      return BodyFacts.fill(
              new ScopeEnd(
                  end.header(),
                  end.start(),
                  plain,
                  end.outcome(),
                  end.timeQuality(),
                  end.incomplete()))
          .profile();
    }
    return plain;
  }

  private static @Nullable ScopeCategory category(Event event) {
    if (event instanceof ScopeEvent scope) {
      return scope.category();
    }
    return event instanceof Mark mark ? mark.category() : null;
  }

  private static @Nullable Profile profile(Event event) {
    if (event instanceof ScopeEvent scope) {
      return scope.profile();
    }
    return event instanceof Mark mark ? mark.profile() : null;
  }

  private static Outcome outcome(Event event) {
    return event instanceof ScopeEnd end ? end.outcome() : Outcome.UNSET;
  }
}
