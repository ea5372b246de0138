package io.fairlead.spi.event;

import org.jspecify.annotations.Nullable;

/**
 * The end of a scope. It carries its own {@link #start()}, so that a subscriber needs no memory of
 * open scopes: one end is one complete span.
 *
 * @param header same UUID, parent, trace root, name and origin as the start's header; its {@link
 *     EventHeader#timeNanos() time} is when the work ended, its {@link EventHeader#data() data} the
 *     output of the work when content is captured. ATOF: metadata of the end already contains the
 *     metadata of the start
 * @param start the event that opened the scope
 * @param profile every typed fact known at the end, those of the start included, or null
 * @param outcome how the work ended
 * @param timeQuality how well start and end times are known
 * @param incomplete true when the end was never observed and the scope was closed by someone else
 *     (shutdown, restart of the runtime, a later turn)
 */
public record ScopeEnd(
    EventHeader header,
    ScopeStart start,
    @Nullable Profile profile,
    Outcome outcome,
    TimeQuality timeQuality,
    boolean incomplete)
    implements ScopeEvent {

  public ScopeEnd {
    if (!header.uuid().equals(start.header().uuid())) {
      throw new IllegalArgumentException("the end of " + header.uuid() + " carries another start");
    }
  }

  @Override
  public ScopeCategory category() {
    return start.category();
  }

  /** End minus start in nanoseconds; negative when the source said so. */
  public long durationNanos() {
    return header.timeNanos() - start.header().timeNanos();
  }

  /** Whether the duration may enter a duration statistic: both ends were observed. */
  public boolean hasExactDuration() {
    return timeQuality == TimeQuality.EXACT && !incomplete && durationNanos() >= 0;
  }
}
