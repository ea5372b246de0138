package io.fairlead.spi.event;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened at one moment.
 *
 * @param header identity, time and name; {@link EventHeader#parentUuid()} is the scope it happened
 *     in
 * @param category optional category, or null
 * @param profile optional typed facts, or null
 */
public record Mark(EventHeader header, @Nullable ScopeCategory category, @Nullable Profile profile)
    implements Event {

  /**
   * Name of the mark an adapter emits once for a session it sees for the first time, also when no
   * turn of it has ended yet. Its time is the start of the session as the runtime says; a session
   * whose start is not known, or lies before what is observed, has none.
   */
  public static final String SESSION_STARTED = "session.started";

  /**
   * Name of the mark an adapter emits when a runtime itself says that a session is over. Its time
   * is the end of the session.
   */
  public static final String SESSION_ENDED = "session.ended";

  /** A mark without category and profile. */
  public Mark(EventHeader header) {
    this(header, null, null);
  }
}
