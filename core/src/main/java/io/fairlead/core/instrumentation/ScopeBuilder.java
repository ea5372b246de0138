package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.ScopeStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says what a scope is before it begins. Not thread-safe; use it once.
 *
 * <p>Unless a parent is named, the scope hangs under the current scope of the thread that begins it
 * and has its session and agent.
 */
public final class ScopeBuilder {

  private final Instrumentation owner;
  private final ScopeCategory category;
  private final String name;
  private final ProfileOfStart profile;
  private final Map<String, Json> metadata = new LinkedHashMap<>();
  private final TreeSet<String> flags = new TreeSet<>();
  private final List<ScopeLink> links = new ArrayList<>();
  private @Nullable ScopeParent parent;
  private boolean root;
  private @Nullable String agentId;
  private @Nullable String sessionId;
  private @Nullable String parentSessionId;
  private @Nullable Instant startTime;
  private @Nullable Object input;

  /** Typed facts of a start, when it is known whether the scope stands alone. */
  @FunctionalInterface
  interface ProfileOfStart {
    @Nullable Profile of(boolean nested);
  }

  ScopeBuilder(Instrumentation owner, ScopeCategory category, String name, ProfileOfStart profile) {
    this.owner = owner;
    this.category = category;
    this.name = name;
    this.profile = profile;
  }

  /** Hangs the scope under another one instead of the current one. */
  public ScopeBuilder parent(@Nullable ActiveScope scope) {
    if (scope == null) {
      owner.misuse().missing("parent");
    } else {
      parent = scope.asParent();
    }
    return this;
  }

  /**
   * Makes the scope a child of the caller's span, in the caller's trace. A header that is null or
   * not valid is reported and has no effect.
   *
   * @param header value of a {@code traceparent} header (W3C Trace Context)
   */
  public ScopeBuilder traceparent(@Nullable String header) {
    ScopeParent caller = header == null ? null : Traceparent.parse(header.strip(), null);
    if (caller == null) {
      owner.misuse().invalidTraceparent();
    } else {
      parent = caller;
    }
    return this;
  }

  /** Begins a trace, whatever scope is current. */
  public ScopeBuilder root() {
    root = true;
    parent = null;
    return this;
  }

  /** Names another scope, usually of another trace, that this one belongs with. */
  public ScopeBuilder link(@Nullable ActiveScope scope, String relation) {
    if (scope == null) {
      owner.misuse().missing("link");
    } else {
      ScopeParent other = scope.asParent();
      links.add(
          new ScopeLink(
              other.traceRoot(),
              other.uuid(),
              owner.misuse().required(relation, "relation", "continues")));
    }
    return this;
  }

  /** The conversation the scope and what is inside it belong to. */
  public ScopeBuilder session(@Nullable String id) {
    sessionId = id;
    return this;
  }

  /** The conversation that spawned this one. */
  public ScopeBuilder parentSession(@Nullable String id) {
    parentSessionId = id;
    return this;
  }

  /** The agent the scope and what is inside it belong to; an agent scope's own name by default. */
  public ScopeBuilder agentId(@Nullable String id) {
    agentId = id;
    return this;
  }

  /** When the work began, if not now. */
  public ScopeBuilder startTime(@Nullable Instant time) {
    startTime = time;
    return this;
  }

  /**
   * What the work was given: a text, number, boolean, map, iterable, array, {@link Json}, or
   * anything with a telling {@code toString}. Kept only when content is captured.
   */
  public ScopeBuilder input(@Nullable Object value) {
    input = value;
    return this;
  }

  /** A further fact about the scope. */
  public ScopeBuilder metadata(String key, @Nullable Object value) {
    Json json = owner.content().value(name, value);
    if (json != null) {
      metadata.put(owner.misuse().required(key, "metadata key", "unknown"), json);
    }
    return this;
  }

  /** An ATOF handle flag: {@code parallel}, {@code relocatable}, {@code stateful}, … */
  public ScopeBuilder flag(String flag) {
    flags.add(owner.misuse().required(flag, "flag", "unknown"));
    return this;
  }

  /** Begins the scope without making it current. End it on any thread. */
  public ActiveScope start() {
    ScopeParent above = root ? null : parent != null ? parent : owner.currentParent();
    long time = owner.time(name, startTime);
    UUID uuid = owner.ids().next(time);
    EventHeader header =
        new EventHeader(
            uuid,
            above == null ? null : above.uuid(),
            above == null ? uuid : above.traceRoot(),
            time,
            name,
            origin(above),
            owner.content().payload(name, input),
            owner.content().metadata(metadata),
            null,
            null);
    ScopeStart start =
        new ScopeStart(
            header, category, List.copyOf(flags), profile.of(above != null), List.copyOf(links));
    owner.emit(start);
    return new ActiveScope(owner, start, metadata);
  }

  /**
   * Begins the scope and makes it current on this thread until it is closed or ended. For
   * try-with-resources.
   */
  public ActiveScope open() {
    ActiveScope scope = start();
    scope.keep(owner.activate(scope));
    return scope;
  }

  /**
   * Does work inside the scope: current while the work runs, ended when it returns, failed when it
   * throws. What the work throws is thrown on.
   */
  public <T extends @Nullable Object, X extends Exception> T call(ScopeWork<T, X> work) throws X {
    ActiveScope scope = open();
    try {
      return work.in(scope);
    } catch (Throwable e) { // thrown on unchanged; only looked at
      scope.fail(e);
      throw e;
    } finally {
      scope.close();
    }
  }

  private Origin origin(@Nullable ScopeParent above) {
    Origin base = above == null || above.origin() == null ? owner.origin() : above.origin();
    String agent = agentId != null ? agentId : category == ScopeCategory.AGENT ? name : null;
    return new Origin(
        base.runtime(),
        base.instance(),
        agent != null ? agent : base.agentId(),
        sessionId != null ? sessionId : base.sessionId(),
        parentSessionId != null ? parentSessionId : base.parentSessionId(),
        base.sessionKey(),
        base.sessionStartNanos());
  }
}
