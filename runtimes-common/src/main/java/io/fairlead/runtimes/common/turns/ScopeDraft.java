package io.fairlead.runtimes.common.turns;

import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.TimeQuality;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scope with all that is known of it, before it becomes events.
 *
 * @param uuid identity
 * @param parent enclosing scope, or null
 * @param category what kind of work it is
 * @param name ATOF name
 * @param startNanos when it began
 * @param endNanos when it ended; a scope never ends before it begins
 * @param profile typed facts, or null
 * @param outcome how it ended
 * @param quality how well its times are known
 * @param incomplete whether its end was never observed
 * @param links scopes of other traces it belongs with
 * @param content what went in and came out
 */
public record ScopeDraft(
    UUID uuid,
    @Nullable UUID parent,
    ScopeCategory category,
    String name,
    long startNanos,
    long endNanos,
    @Nullable Profile profile,
    Outcome outcome,
    TimeQuality quality,
    boolean incomplete,
    List<ScopeLink> links,
    Content content) {

  /**
   * What went into a scope and what came out of it, when that is captured.
   *
   * @param metadata what is to be said about it, or null
   */
  public record Content(@Nullable Json input, @Nullable Json output, @Nullable Json metadata) {

    /** Nothing is captured. */
    public static final Content NONE = new Content(null, null, null);
  }

  /** A scope without content. */
  public ScopeDraft(
      UUID uuid,
      @Nullable UUID parent,
      ScopeCategory category,
      String name,
      long startNanos,
      long endNanos,
      @Nullable Profile profile,
      Outcome outcome,
      TimeQuality quality,
      boolean incomplete,
      List<ScopeLink> links) {
    this(
        uuid,
        parent,
        category,
        name,
        startNanos,
        endNanos,
        profile,
        outcome,
        quality,
        incomplete,
        links,
        Content.NONE);
  }

  public ScopeDraft {
    endNanos = Math.max(startNanos, endNanos);
    links = List.copyOf(links);
  }

  /** The same scope with other facts. */
  public ScopeDraft withProfile(@Nullable Profile newProfile) {
    return new ScopeDraft(
        uuid,
        parent,
        category,
        name,
        startNanos,
        endNanos,
        newProfile,
        outcome,
        quality,
        incomplete,
        links,
        content);
  }

  /** The same scope with content. */
  public ScopeDraft withContent(Content newContent) {
    return new ScopeDraft(
        uuid,
        parent,
        category,
        name,
        startNanos,
        endNanos,
        profile,
        outcome,
        quality,
        incomplete,
        links,
        newContent);
  }

  /** The same scope, wide enough to hold another one. */
  public ScopeDraft holding(ScopeDraft child) {
    return new ScopeDraft(
        uuid,
        parent,
        category,
        name,
        Math.min(startNanos, child.startNanos),
        Math.max(endNanos, child.endNanos),
        profile,
        outcome,
        quality,
        incomplete,
        links,
        content);
  }
}
