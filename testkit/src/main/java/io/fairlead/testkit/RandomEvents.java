package io.fairlead.testkit;

import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.UsageReported;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Random but well-formed events with every kind of fact, present or not, and awkward text. The same
 * seed gives the same events. {@link #toString()} names the seed: put it into assertion messages.
 *
 * <p>{@link #next()} gives events that have nothing to do with each other; {@link #trace(int)}
 * gives one consistent trace.
 */
public final class RandomEvents {

  private static final long FIRST_NANOS = 1_772_359_200_000_000_000L;
  private static final List<String> FLAGS =
      List.of("parallel", "relocatable", "remote", "stateful", "streaming");

  private final long seed;
  private final Random random;
  private final RandomFacts facts;
  private long nanos = FIRST_NANOS;

  /** A generator whose events depend on the seed alone. */
  public RandomEvents(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.facts = new RandomFacts(random);
  }

  /** Any event. */
  public Event next() {
    return switch (random.nextInt(5)) {
      case 0 -> start(null, uuid());
      case 1, 2 -> end(start(null, uuid()));
      case 3 -> mark(null, uuid());
      default -> usage(null, uuid());
    };
  }

  /**
   * One trace: an agent scope at the root, children of every category, marks and usage within them,
   * every scope ended, children before their parents. Times rise.
   *
   * @param size roughly how many events
   */
  public List<Event> trace(int size) {
    Origin origin = facts.origin();
    UUID rootId = uuid();
    ScopeStart root =
        new ScopeStart(
            header(rootId, null, rootId, origin),
            ScopeCategory.AGENT,
            flags(),
            facts.profile(ScopeCategory.AGENT),
            links());
    List<Event> events = new ArrayList<>(List.of(root));
    Deque<ScopeStart> open = new ArrayDeque<>(List.of(root));
    while (events.size() + open.size() < size) {
      step(events, open, rootId, origin);
    }
    while (!open.isEmpty()) {
      events.add(end(open.pop()));
    }
    return List.copyOf(events);
  }

  private void step(List<Event> events, Deque<ScopeStart> open, UUID rootId, Origin origin) {
    UUID parent = open.getFirst().header().uuid();
    switch (random.nextInt(5)) {
      case 0 -> events.add(mark(parent, rootId, origin));
      case 1 -> events.add(usage(parent, rootId, origin));
      case 2 -> {
        if (open.size() > 1) {
          events.add(end(open.pop()));
        }
      }
      default -> {
        ScopeStart start = start(parent, rootId, origin);
        events.add(start);
        open.push(start);
      }
    }
  }

  /** The start of a scope below a parent. */
  public ScopeStart start(@Nullable UUID parent, UUID traceRoot) {
    return start(parent, traceRoot, facts.origin());
  }

  private ScopeStart start(@Nullable UUID parent, UUID traceRoot, Origin origin) {
    ScopeCategory category = pick(ScopeCategory.values());
    return new ScopeStart(
        header(uuid(), parent, traceRoot, origin),
        category,
        flags(),
        facts.profile(category),
        links());
  }

  /** An end of a scope. */
  public ScopeEnd end(ScopeStart start) {
    EventHeader from = start.header();
    EventHeader facet = header(from.uuid(), from.parentUuid(), from.traceRoot(), from.origin());
    EventHeader header =
        new EventHeader(
            from.uuid(),
            from.parentUuid(),
            from.traceRoot(),
            facet.timeNanos(),
            from.name(),
            from.origin(),
            facet.data(),
            facet.metadata(),
            facet.dataSchema(),
            facet.unknownFields());
    Outcome outcome =
        switch (random.nextInt(3)) {
          case 0 -> Outcome.UNSET;
          case 1 -> Outcome.OK;
          default ->
              Outcome.error(
                  random.nextBoolean() ? Outcome.OTHER : "rate_limit", facts.textOrNull());
        };
    return new ScopeEnd(
        header,
        start,
        facts.profile(start.category()),
        outcome,
        pick(TimeQuality.values()),
        random.nextInt(5) == 0);
  }

  /** A mark below a parent. */
  public Mark mark(@Nullable UUID parent, UUID traceRoot) {
    return mark(parent, traceRoot, facts.origin());
  }

  private Mark mark(@Nullable UUID parent, UUID traceRoot, Origin origin) {
    EventHeader header = header(uuid(), parent, traceRoot, origin);
    if (random.nextBoolean()) {
      return new Mark(header);
    }
    ScopeCategory category = pick(ScopeCategory.values());
    return new Mark(header, category, facts.profile(category));
  }

  /** A report of usage below a parent. */
  public UsageReported usage(@Nullable UUID parent, UUID traceRoot) {
    return usage(parent, traceRoot, facts.origin());
  }

  private UsageReported usage(@Nullable UUID parent, UUID traceRoot, Origin origin) {
    EventHeader header = header(uuid(), parent, traceRoot, origin);
    EventHeader named =
        new EventHeader(
            header.uuid(),
            header.parentUuid(),
            header.traceRoot(),
            header.timeNanos(),
            "usage",
            header.origin(),
            header.data(),
            header.metadata(),
            header.dataSchema(),
            header.unknownFields());
    return new UsageReported(
        named,
        facts.textOrNull(),
        facts.textOrNull(),
        facts.textOrNull(),
        random.nextInt(9),
        facts.usageOrNull(),
        facts.costOrNull(),
        random.nextInt(3));
  }

  private EventHeader header(UUID uuid, @Nullable UUID parent, UUID traceRoot, Origin origin) {
    nanos += random.nextInt(3) * 1_000_000L + random.nextInt(3) * 1_000L + random.nextInt(3);
    return new EventHeader(
        uuid,
        parent,
        traceRoot,
        nanos,
        facts.text(),
        origin,
        facts.jsonOrNull(),
        facts.objectOrNull("m"),
        random.nextInt(4) == 0 ? new DataSchema(facts.text(), "1") : null,
        facts.objectOrNull("x_vendor"));
  }

  private List<String> flags() {
    return FLAGS.stream().filter(flag -> random.nextInt(4) == 0).toList();
  }

  private List<ScopeLink> links() {
    return random.nextInt(4) == 0
        ? List.of(new ScopeLink(uuid(), uuid(), "spawned_by"))
        : List.of();
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  @Override
  public String toString() {
    return "RandomEvents with seed " + seed;
  }
}
