package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.common.turns.ChatBody;
import io.fairlead.runtimes.common.turns.ScopeDraft;
import io.fairlead.runtimes.common.turns.ScopeDraft.Content;
import io.fairlead.runtimes.common.turns.TurnEvents;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.ToolProfile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the events of one session. Ids come from what OpenClaw recorded and from nothing else. */
final class SessionEvents {

  private static final String CURRENCY = "USD";
  private static final String INTERNAL = ":internal-session-effects:";

  /** OpenClaw's words for why a model stopped as the convention's. */
  private static final Map<String, String> FINISH_REASONS = Map.of("toolUse", "tool_call");

  private final Transcript session;
  private final String agent;
  private final Prices prices;
  private final Origin origin;

  /**
   * @param parentId session that spawned this one, or null
   */
  SessionEvents(
      Transcript session, String agent, String instance, @Nullable String parentId, Prices prices) {
    this.session = session;
    this.agent = agent;
    this.prices = prices;
    this.origin =
        new Origin(
            OpenClawAdapter.RUNTIME,
            instance,
            agent,
            session.sessionId(),
            parentId,
            session.info().key(),
            session.startNanos());
  }

  /**
   * Where a turn hangs.
   *
   * @param traceRoot root of its trace
   * @param parent scope it nests under, or null when it is a root itself
   * @param links scopes of other traces
   */
  record Place(UUID traceRoot, @Nullable UUID parent, List<ScopeLink> links) {}

  private static UUID id(Transcript session, String kind, String key) {
    String start = session.startNanos() == Row.NO_TIME ? "" : Long.toString(session.startNanos());
    return StableIds.uuid(OpenClawAdapter.RUNTIME, session.sessionId(), start, kind, key);
  }

  static UUID turnId(Transcript session, Turn turn) {
    return id(session, "turn", turn.key());
  }

  static UUID toolId(Transcript session, Turn turn, Turn.Tool tool) {
    return id(session, "tool", turn.key() + '/' + tool.key());
  }

  private UUID callId(Turn turn, Turn.Call call) {
    return id(session, "call", turn.key() + '/' + call.key());
  }

  /**
   * The events of a turn that ended.
   *
   * @param after lines up to this moment were given before
   */
  List<Event> turn(Turn turn, Place place, long after) {
    boolean cut = turn.ending() == Turn.Ending.CUT;
    ScopeDraft root =
        new ScopeDraft(
                turnId(session, turn),
                place.parent(),
                ScopeCategory.AGENT,
                agent,
                turn.startNanos(),
                turn.endNanos(),
                AgentProfile.of(agent, kind(turn)),
                turn.outcome(),
                cut ? TimeQuality.APPROXIMATE : TimeQuality.EXACT,
                cut,
                place.links())
            .withContent(new Content(turn.input(), turn.output(), null));
    // What was given before its root widens it all the same.
    for (ScopeDraft child : children(turn, Row.NO_TIME, Long.MAX_VALUE)) {
      root = root.holding(child);
    }
    List<ScopeDraft> children = children(turn, after, Long.MAX_VALUE);
    return TurnEvents.of(place.traceRoot(), origin, root, children, List.of());
  }

  /** What of an open turn is done: its lines after one moment and up to another. */
  List<Event> part(Turn turn, Place place, long after, long until) {
    return TurnEvents.children(place.traceRoot(), origin, children(turn, after, until));
  }

  private List<ScopeDraft> children(Turn turn, long after, long until) {
    List<ScopeDraft> children = new ArrayList<>();
    for (Turn.Call call : turn.calls()) {
      if (call.row().timeNanos() > after && call.row().timeNanos() <= until) {
        children.add(call(turn, call));
      }
    }
    boolean whole = until == Long.MAX_VALUE;
    for (Turn.Tool tool : turn.tools()) {
      boolean done = tool.resultNanos() > after && tool.resultNanos() <= until;
      if (tool.resultKnown() ? done : whole) {
        children.add(tool(turn, tool));
      }
    }
    return children;
  }

  private TurnKind kind(Turn turn) {
    String key = session.info().key();
    if (turn.author() == Row.Author.SYSTEM || (key != null && key.contains(INTERNAL))) {
      return TurnKind.INTERNAL;
    }
    boolean spawned = session.info().parentKey() != null;
    return spawned || turn.author() == Row.Author.AGENT ? TurnKind.SUBAGENT : TurnKind.USER;
  }

  private ScopeDraft call(Turn turn, Turn.Call call) {
    Row.Assistant row = call.row();
    String reason = row.stopReason();
    LlmProfile profile =
        LlmProfile.builder()
            .provider(row.provider())
            .requestModel(row.model())
            .responseModel(row.responseModel())
            .responseId(row.responseId())
            .finishReasons(
                reason == null ? List.of() : List.of(FINISH_REASONS.getOrDefault(reason, reason)))
            .usage(row.usage())
            .cost(cost(row))
            .counting(LlmProfile.Counting.CALL_AND_USAGE)
            .build();
    return new ScopeDraft(
            callId(turn, call),
            turnId(session, turn),
            ScopeCategory.LLM,
            provider(row),
            row.startNanos(),
            row.timeNanos(),
            profile,
            call.outcome(),
            TimeQuality.EXACT,
            false,
            List.of())
        .withContent(new Content(heard(call.heard()), said(row), null));
  }

  private static @Nullable Json heard(List<Row> rows) {
    ChatBody body = new ChatBody();
    for (Row row : rows) {
      if (row instanceof Row.User user) {
        body.said("user", user.content());
      } else if (row instanceof Row.ToolResult result) {
        body.result(result.callId(), result.content());
      }
    }
    return body.request();
  }

  private static @Nullable Json said(Row.Assistant row) {
    List<ChatBody.Asked> asked = new ArrayList<>();
    for (Row.ToolRequest tool : row.tools()) {
      if (tool.content() != null) {
        asked.add(new ChatBody.Asked(tool.id(), tool.name(), tool.content()));
      }
    }
    return ChatBody.answer(row.content(), asked);
  }

  private static String provider(Row.Assistant row) {
    return row.provider() == null ? "unknown" : row.provider();
  }

  /** OpenClaw's estimate. It has none of a model without a price, unless that is really free. */
  private @Nullable Cost cost(Row.Assistant row) {
    BigDecimal amount = row.cost();
    if (amount == null && row.usage() != null && prices.isFree(row.provider(), row.model())) {
      amount = BigDecimal.ZERO;
    }
    return amount == null
        ? null
        : new Cost(amount, CURRENCY, Cost.Status.ESTIMATED, Cost.Source.RUNTIME);
  }

  private ScopeDraft tool(Turn turn, Turn.Tool tool) {
    return new ScopeDraft(
            toolId(session, turn, tool),
            turnId(session, turn),
            ScopeCategory.TOOL,
            tool.name(),
            tool.startNanos(),
            tool.endNanos(),
            new ToolProfile(tool.name(), tool.callId(), tool.exitCode(), tool.resultKnown()),
            tool.outcome(),
            tool.quality(),
            !tool.resultKnown(),
            List.of())
        .withContent(new Content(tool.input(), tool.output(), null));
  }

  /** Calls and tools of a turn that was given before without them: its lines after a moment. */
  List<Event> late(Turn turn, Place place, long after) {
    List<ScopeDraft> late = new ArrayList<>();
    for (Turn.Call call : turn.calls()) {
      if (call.row().timeNanos() > after) {
        late.add(call(turn, call));
      }
    }
    for (Turn.Tool tool : turn.tools()) {
      // One that was asked for before was given then, without its result.
      boolean known = tool.askedNanos() != Row.NO_TIME && tool.askedNanos() <= after;
      if (!known && (!tool.resultKnown() || tool.resultNanos() > after)) {
        late.add(tool(turn, tool));
      }
    }
    return TurnEvents.children(place.traceRoot(), origin, late);
  }

  /** The session's start, as its first line says it. */
  Mark started() {
    return mark(Mark.SESSION_STARTED, session.startNanos());
  }

  /** The session's end, as OpenClaw itself says it. */
  Mark ended(long nanos) {
    return mark(Mark.SESSION_ENDED, nanos);
  }

  private Mark mark(String name, long nanos) {
    UUID uuid = id(session, "mark", name);
    return new Mark(new EventHeader(uuid, null, uuid, nanos, name, origin));
  }
}
