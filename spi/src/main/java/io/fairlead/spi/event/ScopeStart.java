package io.fairlead.spi.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start of a scope.
 *
 * @param header its {@link EventHeader#timeNanos() time} is when the work began, its {@link
 *     EventHeader#data() data} the input of the work when content is captured
 * @param category what kind of work it is
 * @param attributes ATOF handle flags ({@code parallel}, {@code relocatable}, {@code stateful},
 *     {@code streaming}, {@code remote}), sorted; empty when none
 * @param profile facts known at the start, or null
 * @param links other scopes this one belongs with although they are not its ancestors
 */
public record ScopeStart(
    EventHeader header,
    ScopeCategory category,
    List<String> attributes,
    @Nullable Profile profile,
    List<ScopeLink> links)
    implements ScopeEvent {

  public ScopeStart {
    attributes = List.copyOf(attributes);
    links = List.copyOf(links);
  }

  /** A start without flags and links. */
  public ScopeStart(EventHeader header, ScopeCategory category, @Nullable Profile profile) {
    this(header, category, List.of(), profile, List.of());
  }

  /**
   * The end of the scope, observed at a time, without an output. What else became known is said by
   * {@link ScopeEnd}'s own constructor.
   */
  public ScopeEnd ended(long timeNanos, @Nullable Profile facts, Outcome outcome) {
    return new ScopeEnd(header.at(timeNanos, null), this, facts, outcome, TimeQuality.EXACT, false);
  }

  /** Whether the scope is the root of its trace. */
  public boolean isTraceRoot() {
    return header.uuid().equals(header.traceRoot());
  }
}
