package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.CountedSums;
import io.fairlead.runtimes.common.turns.ScopeDraft;
import io.fairlead.runtimes.common.turns.TurnEvents;
import io.fairlead.runtimes.hermes.Ledger.CallFacts;
import io.fairlead.runtimes.hermes.Ledger.Growth;
import io.fairlead.runtimes.hermes.Rows.Session;
import io.fairlead.runtimes.hermes.Rows.Usage;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the events of one session. Ids come from what Hermes recorded and from nothing else. */
final class SessionEvents {

  static final String RUNTIME = "hermes";

  private final Session session;
  private final String agent;
  private final Origin origin;
  private final Contents contents;

  SessionEvents(Session session, String agent, String instance, Contents contents) {
    this.session = session;
    this.contents = contents;
    this.agent = agent;
    this.origin =
        new Origin(
            RUNTIME, instance, agent, session.id(), session.parent(), null, session.startedNanos());
  }

  /**
   * The place of a turn that another agent asked for.
   *
   * @param traceRoot root of the trace of the turn that asked
   * @param scope the tool call that asked, or the turn's root when that is ambiguous
   */
  record Spawner(UUID traceRoot, UUID scope) {}

  UUID id(String kind, String key) {
    String start =
        session.startedNanos() == Rows.NO_TIME ? "" : Long.toString(session.startedNanos());
    return StableIds.uuid(RUNTIME, session.id(), start, kind, key);
  }

  UUID turnId(Turn turn) {
    return id("turn", turn.key());
  }

  UUID toolId(Turn turn, Turn.Tool tool) {
    return id("tool", turn.key() + '/' + tool.key());
  }

  /**
   * The events of a turn.
   *
   * @param first whether it is the session's first turn, which nests where it was asked for
   * @param spawner where the session was asked for, or null
   * @param growth what became known in this turn and no call carries; empty when it cannot be said
   *     to belong to it
   * @param sums whether the growth is exactly the turn's own
   */
  List<Event> turn(
      Turn turn,
      Ledger ledger,
      boolean first,
      @Nullable Spawner spawner,
      List<Growth> growth,
      boolean sums)
      throws SQLException {
    UUID root = turnId(turn);
    Spawner nest = first ? spawner : null;
    UUID traceRoot = nest != null ? nest.traceRoot() : root;
    List<ScopeDraft> children = children(turn, ledger);
    boolean callsCarryUsage =
        turn.calls().stream().anyMatch(call -> ledger.factsOf(call).usage() != null);
    List<UsageReported> reports = new ArrayList<>();
    for (Growth part : growth) {
      reports.add(report(part, root, traceRoot));
    }
    boolean onRoot = sums && !callsCarryUsage && !growth.isEmpty();
    boolean cut = turn.ending() == Turn.Ending.CUT;
    ScopeDraft draft =
        new ScopeDraft(
            root,
            nest != null ? nest.scope() : null,
            ScopeCategory.AGENT,
            agent,
            turn.userNanos(),
            turn.endNanos(),
            new AgentProfile(
                agent,
                session.parent() != null ? TurnKind.SUBAGENT : TurnKind.USER,
                onRoot ? usageOf(growth) : null,
                onRoot ? Costs.sum(growth.stream().map(Growth::cost).toList()) : null),
            turn.outcome(),
            cut ? TimeQuality.APPROXIMATE : TimeQuality.EXACT,
            cut,
            !first && spawner != null
                ? List.of(new ScopeLink(spawner.traceRoot(), spawner.scope(), "spawned_by"))
                : List.of(),
            contents.of(turn.rows()));
    return TurnEvents.of(traceRoot, origin, draft, children, reports);
  }

  /** The events of calls and tools that go ahead of their turn. */
  List<Event> ahead(Turn part, Ledger ledger, boolean first, @Nullable Spawner spawner)
      throws SQLException {
    UUID traceRoot = first && spawner != null ? spawner.traceRoot() : turnId(part);
    return TurnEvents.children(traceRoot, origin, children(part, ledger));
  }

  private List<ScopeDraft> children(Turn turn, Ledger ledger) throws SQLException {
    List<ScopeDraft> children = new ArrayList<>();
    for (Turn.Call call : turn.calls()) {
      children.add(call(turn, call, ledger.factsOf(call)).withContent(contents.of(call.rows())));
    }
    for (Turn.Tool tool : turn.tools()) {
      children.add(tool(turn, tool).withContent(contents.of(tool.rows())));
    }
    return children;
  }

  private static TokenUsage usageOf(List<Growth> growth) {
    TokenUsage sum = TokenUsage.ZERO;
    for (Growth part : growth) {
      sum = sum.plus(part.part().usage());
    }
    return sum;
  }

  private ScopeDraft call(Turn turn, Turn.Call call, CallFacts facts) {
    String provider = facts.provider() != null ? facts.provider() : "unknown";
    return new ScopeDraft(
        id("call", turn.key() + '/' + call.key()),
        turnId(turn),
        ScopeCategory.LLM,
        provider,
        call.startNanos(),
        call.endNanos(),
        profile(facts, call.finishReasons(), call.attempt()),
        call.outcome(),
        call.quality(),
        false,
        List.of());
  }

  private static LlmProfile profile(CallFacts facts, List<String> finishReasons, int attempt) {
    LlmProfile.Builder builder =
        LlmProfile.builder()
            .provider(facts.provider())
            .requestModel(facts.model())
            .finishReasons(finishReasons)
            .usage(facts.usage())
            .cost(facts.cost())
            .attempt(attempt)
            .counting(facts.counting());
    URI server = server(facts.baseUrl());
    if (server != null) {
      int standard = "http".equals(server.getScheme()) ? 80 : 443;
      builder.server(server.getHost(), port(server, standard));
    }
    return builder.build();
  }

  private static int port(URI server, int standard) {
    return server.getPort() > 0 ? server.getPort() : standard;
  }

  private static @Nullable URI server(@Nullable String baseUrl) {
    if (baseUrl == null) {
      return null;
    }
    try {
      URI uri = URI.create(baseUrl);
      return uri.getHost() == null ? null : uri;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private ScopeDraft tool(Turn turn, Turn.Tool tool) {
    return new ScopeDraft(
        toolId(turn, tool),
        turnId(turn),
        ScopeCategory.TOOL,
        tool.name(),
        tool.startNanos(),
        tool.endNanos(),
        new ToolProfile(tool.name(), tool.callId(), tool.exitCode(), tool.resultKnown()),
        tool.outcome(),
        tool.quality(),
        !tool.resultKnown(),
        List.of());
  }

  /** Growth that belongs to no one turn. */
  UsageReported report(Growth part) {
    return report(part, null, null);
  }

  private UsageReported report(Growth part, @Nullable UUID parent, @Nullable UUID traceRoot) {
    Usage row = part.row();
    UUID uuid = id("usage", row.key() + '\0' + part.before() + '\0' + row.sums());
    EventHeader header =
        new EventHeader(
            uuid,
            parent,
            traceRoot != null ? traceRoot : uuid,
            row.lastNanos() == Rows.NO_TIME ? session.startedNanos() : row.lastNanos(),
            part.provider() == null ? "unknown" : part.provider(),
            origin);
    return new UsageReported(
        header,
        part.provider(),
        row.model(),
        row.isMain() ? null : row.task(),
        part.calls(),
        part.part().hasNoTokens() ? null : part.part().usage(),
        part.cost(),
        part.unpricedCalls());
  }

  /** A root of its own for work nobody asked for. */
  List<Event> auxiliary(Growth part) {
    Usage row = part.row();
    CountedSums before = part.before();
    String key = row.key() + '\0' + before;
    UUID root = id("auxiliary", key);
    long end = row.lastNanos() == Rows.NO_TIME ? session.startedNanos() : row.lastNanos();
    long start = before.isZero() && row.firstNanos() != Rows.NO_TIME ? row.firstNanos() : end;
    ScopeDraft draft =
        new ScopeDraft(
            root,
            null,
            ScopeCategory.AGENT,
            agent,
            start,
            end,
            AgentProfile.of(agent, TurnKind.INTERNAL),
            Outcome.UNSET,
            TimeQuality.APPROXIMATE,
            false,
            List.of());
    if (part.part().calls() != 1 || part.calls() != 1) {
      return withTask(
          TurnEvents.of(root, origin, draft, List.of(), List.of(report(part, root, root))), part);
    }
    CallFacts facts =
        new CallFacts(
            part.provider(),
            row.model(),
            row.baseUrl(),
            part.part().usage(),
            part.cost(),
            LlmProfile.Counting.CALL_AND_USAGE);
    ScopeDraft call =
        new ScopeDraft(
            id("call", "auxiliary/" + key),
            root,
            ScopeCategory.LLM,
            part.provider() == null ? "unknown" : part.provider(),
            start,
            end,
            profile(facts, List.of(), 0),
            Outcome.UNSET,
            TimeQuality.APPROXIMATE,
            false,
            List.of());
    return withTask(TurnEvents.of(root, origin, draft, List.of(call), List.of()), part);
  }

  private static List<Event> withTask(List<Event> events, Growth part) {
    StringBuilder json = new StringBuilder("{\"task\":");
    Json.appendQuoted(json, part.row().task());
    return TurnEvents.withMetadata(events, new Json(json.append('}').toString()));
  }

  /** The session's start, as Hermes itself says it. */
  Mark started() {
    return mark(Mark.SESSION_STARTED, session.startedNanos());
  }

  /** The session's end, as Hermes itself says it. */
  Mark ended() {
    return mark(Mark.SESSION_ENDED, session.endedNanos());
  }

  private Mark mark(String name, long timeNanos) {
    UUID uuid = id("mark", name);
    return new Mark(new EventHeader(uuid, null, uuid, timeNanos, name, origin));
  }
}
