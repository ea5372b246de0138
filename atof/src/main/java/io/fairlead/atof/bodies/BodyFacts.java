package io.fairlead.atof.bodies;

import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeEvent;
import io.fairlead.spi.event.ScopeStart;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what the bodies of a model call say and its typed facts do not. A fact that is there
 * already stays, whoever gave it; payloads are only read, never changed. Events without payload
 * pass at the cost of a comparison.
 */
public final class BodyFacts {

  private BodyFacts() {}

  /** The event with the facts of its bodies; the same event when they add nothing. */
  public static ScopeEvent fill(ScopeEvent event) {
    if (event instanceof ScopeStart start) {
      return start(start);
    }
    return event instanceof ScopeEnd end ? end(end) : event;
  }

  private static ScopeStart start(ScopeStart start) {
    if (!isCall(start.category(), start.profile())) {
      return start;
    }
    LlmProfile known = known(start.profile());
    LlmProfile filled = CallFacts.ofRequest(known, start);
    return filled == null
        ? start
        : new ScopeStart(
            start.header(), start.category(), start.attributes(), filled, start.links());
  }

  private static ScopeEnd end(ScopeEnd end) {
    if (!isCall(end.category(), end.profile())) {
      return end;
    }
    ScopeStart start = start(end.start());
    LlmProfile known = known(end.profile());
    LlmProfile asked = CallFacts.merged(known, known(start.profile()));
    LlmProfile answered = CallFacts.ofResponse(asked, end);
    LlmProfile filled = answered != null ? answered : asked;
    return filled == known && start == end.start()
        ? end
        : new ScopeEnd(
            end.header(), start, filled, end.outcome(), end.timeQuality(), end.incomplete());
  }

  /** A call whose facts are those of a call, or none yet. */
  private static boolean isCall(ScopeCategory category, @Nullable Profile profile) {
    return (category == ScopeCategory.LLM || category == ScopeCategory.EMBEDDER)
        && (profile == null || profile instanceof LlmProfile);
  }

  private static @Nullable LlmProfile known(@Nullable Profile profile) {
    return profile instanceof LlmProfile llm ? llm : null;
  }
}
