package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.runtimes.common.http.HttpRequest;
import io.fairlead.spi.SourceState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes ATOF records of hooks, as NeMo Relay 0.7's gateway does. What is open lives in the source's
 * state, so that a restart between two hooks changes nothing. Not thread-safe.
 */
public final class Hooks {

  private static final String ROUTES = "hooks/routes/";
  private static final List<String> REASONS =
      List.of(
          "closed_by_turn_end",
          "closed_by_agent_end",
          "superseded_by_next_turn",
          "idle_timeout",
          "too_many_sessions");

  private final boolean content;
  private final Duration idle;
  private final HookSessions sessions = new HookSessions();
  private final Map<HookAgent, Routes> routes = new TreeMap<>();
  private final PendingChildren pending = new PendingChildren();
  private final Repeats repeats = new Repeats();
  private final Map<String, byte @Nullable []> changes = new TreeMap<>();

  /**
   * Hooks of which nothing is known yet.
   *
   * @param content whether what people, models and tools said is kept
   * @param idle a turn in which nothing is open and nothing happens for so long is over
   */
  public Hooks(boolean content, Duration idle) {
    this.content = content;
    this.idle = idle;
  }

  /** Takes up what was committed; what was not is forgotten. */
  public void load(SourceState state) {
    changes.clear();
    sessions.load(state);
    repeats.load(state);
    pending.load(state);
    for (HookAgent agent : HookAgent.values()) {
      byte[] json = state.get(ROUTES + agent.wireName());
      routes.put(agent, json == null ? new Routes() : Routes.of(text(json)));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** What has to be committed with the records given since this was last asked. */
  public Map<String, byte @Nullable []> changes() {
    Map<String, byte @Nullable []> taken = new TreeMap<>(changes);
    changes.clear();
    return taken;
  }

  /**
   * The records of one hook.
   *
   * @return lines of ATOF, in order
   * @throws IllegalArgumentException when the body is no JSON
   */
  public List<String> accept(HookAgent agent, HttpRequest request, long timeNanos) {
    Object body = JsonTree.parse(text(request.body()));
    Payload payload = new Payload(content ? body : HookContent.withoutGoals(body));
    Records out = new Records(timeNanos, content);
    List<HookEvent> events = new HookReader(agent, request, payload).events();
    if (!events.isEmpty() && !repeats.isAgain(events.get(0), request.body(), changes)) {
      events.forEach(event -> accept(event, out));
    }
    return out.lines();
  }

  /** Whether a record of these ends a scope whose own end nobody saw. */
  public static boolean isConcluded(String line) {
    Payload record = new Payload(JsonTree.parse(line));
    boolean ended = "end".equals(record.value("scope_category"));
    return ended
        && (isReason(record.text("metadata.status")) || isReason(record.text("data.status")));
  }

  private static boolean isReason(@Nullable String status) {
    return status != null && REASONS.contains(status);
  }

  /** What the agent is told. */
  public static String answer(HookAgent agent, HttpRequest request) {
    if (agent != HookAgent.CLAUDE_CODE) {
      return "{}";
    }
    Payload payload = new Payload(JsonTree.parse(text(request.body())));
    String name = payload.text(HookPaths.EVENT);
    return name != null && agent.kind(name) == HookKind.TOOL_START
        ? "{\"continue\":true,\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
            + "\"permissionDecision\":\"allow\"}}"
        : "{\"continue\":true}";
  }

  private void accept(HookEvent given, Records out) {
    Routes known = routes.computeIfAbsent(given.agent(), agent -> new Routes());
    HookEvent event = given;
    ChildSession child =
        given.kind() == HookKind.SESSION_START ? ChildSession.startedBy(given) : null;
    if (child != null) {
      event = given.routed(given.session(), child.start(), null);
    }
    if (child != null && sessions.isFree(event.key())) {
      wait(event, child, known, out);
    } else {
      route(event, known, out);
    }
    changes.put(ROUTES + given.agent().wireName(), known.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** A child's own start becomes a subagent of its parent, as soon as there is the parent. */
  private void wait(HookEvent event, ChildSession child, Routes known, Records out) {
    if (sessions.has(event.key(child.parent()))) {
      pending.remove(event.key(), changes);
      promote(event, child, known, out);
    } else {
      pending.add(content ? event : HookContent.named(event), changes);
    }
  }

  private void promote(HookEvent event, ChildSession child, Routes known, Records out) {
    if (!sessions.isFree(event.key())) {
      return;
    }
    HookEvent start = child.startOfSubagent(event);
    if (!sessions.isStarted(start.key())) {
      HookEvent parent = HookEvent.sessionStart(event.agent(), child.parent(), event.headers());
      sessions.apply(parent, out, changes);
    }
    sessions.apply(start, out, changes);
    known.add(child);
  }

  private void route(HookEvent given, Routes known, Records out) {
    HookEvent tasked = known.byTask(given);
    if (known.endsChild(tasked)) {
      pending.remove(tasked.key(), changes);
    }
    HookEvent event = known.byParent(tasked);
    if (event.kind() == HookKind.SESSION_END) {
      end(event, known);
    }
    if (event.kind().isTerminal() && !sessions.has(event.key())) {
      return;
    }
    ChildSession child =
        event.kind() == HookKind.SUBAGENT_START && event.agent() == HookAgent.HERMES
            ? ChildSession.hermes(event)
            : null;
    if (child != null && !child.id().equals(event.session())) {
      if (!sessions.isFree(event.key(child.id()))) {
        return;
      }
      event = event.routed(event.session(), child.scope(), null);
      known.add(child);
    }
    event = known.byEnd(event);
    sessions.apply(event, out, changes);
    if (event.kind() == HookKind.SESSION_START) {
      promoteChildren(event, known, out);
    }
  }

  private void end(HookEvent event, Routes known) {
    known.end(event.session());
    pending.removeIf(
        start -> start.key().equals(event.key()) || PendingChildren.isChildOf(start, event),
        changes);
  }

  private void promoteChildren(HookEvent parent, Routes known, Records out) {
    for (HookEvent start : pending.take(parent, changes)) {
      ChildSession child = ChildSession.startedBy(start);
      if (child != null) {
        promote(start, child, known, out);
      }
    }
  }

  /** Ends turns in which nothing has happened for long. */
  public List<String> endIdle(long nowNanos) {
    Records out = new Records(nowNanos, content);
    sessions
        .endIdle(nowNanos - idle.toNanos(), out, changes)
        .forEach(
            (session, subagents) -> {
              HookAgent agent = session.agent();
              Routes known = routes.computeIfAbsent(agent, one -> new Routes());
              subagents.forEach(subagent -> known.endSubagent(session.session(), subagent));
              changes.put(
                  ROUTES + agent.wireName(), known.toJson().getBytes(StandardCharsets.UTF_8));
            });
    return out.lines();
  }

  /** How many turns are open. */
  public int openTurns() {
    return sessions.openTurns();
  }
}
