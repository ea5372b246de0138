package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.runtimes.common.http.HttpRequest;
import io.fairlead.spi.SourceState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes ATOF records of hooks, as NeMo Relay 0.7's gateway does. What is open lives in the source's
 * state, so that a restart between two hooks changes nothing. Not thread-safe.
 */
public final class Hooks {

  private static final String SESSION = "hooks/session/";
  private static final String ENDED = "hooks/ended/";
  private static final String ROUTES = "hooks/routes/";
  private static final List<String> REASONS =
      List.of(
          "closed_by_turn_end",
          "closed_by_agent_end",
          "superseded_by_next_turn",
          "idle_timeout",
          "too_many_sessions");
  private static final int MOST_SESSIONS = 1_000;

  private final boolean content;
  private final Duration idle;
  private final Map<String, HookSession> sessions = new LinkedHashMap<>();
  private final Map<String, Long> ended = new LinkedHashMap<>();
  private final Map<HookAgent, Routes> routes = new TreeMap<>();
  private final Map<String, Integer> last = new LinkedHashMap<>();
  private final Map<String, HookEvent> pending = new LinkedHashMap<>();
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
    sessions.clear();
    ended.clear();
    routes.clear();
    changes.clear();
    state.forEach(
        SESSION,
        (key, json) -> {
          String id = key.substring(SESSION.length());
          HookAgent agent = HookAgent.ofWireName(id.substring(0, id.indexOf('/')));
          if (agent != null) {
            String session = id.substring(id.indexOf('/') + 1);
            sessions.put(id, HookSession.of(agent, session, text(json)));
          }
        });
    state.forEach(
        ENDED, (key, json) -> ended.put(key.substring(ENDED.length()), Long.valueOf(text(json))));
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
    Payload payload = new Payload(JsonTree.parse(text(request.body())));
    Records out = new Records(timeNanos, content);
    for (HookEvent event : new HookReader(agent, request, payload).events()) {
      if (event.kind() != HookKind.TURN_END && isRepeated(event, request)) {
        continue;
      }
      accept(event, out);
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

  /** The same body again, with nothing in between, was sent again because its answer was lost. */
  private boolean isRepeated(HookEvent event, HttpRequest request) {
    String key = event.agent().wireName() + "/" + event.session();
    int hash = Arrays.hashCode(request.body());
    if (event.kind() == HookKind.HINT) {
      return false;
    }
    Integer before = last.put(key, hash);
    if (last.size() > MOST_SESSIONS) {
      last.remove(last.keySet().iterator().next());
    }
    return before != null && before == hash;
  }

  private void accept(HookEvent given, Records out) {
    Routes known = routes.computeIfAbsent(given.agent(), agent -> new Routes());
    if (given.kind() == HookKind.SESSION_START && child(given, known, out)) {
      save(given.agent(), known);
      return;
    }
    HookEvent event = known.byParent(known.byTask(given));
    if (event.kind() == HookKind.SESSION_END) {
      known.end(event.session());
    }
    HookSession session = sessions.get(key(event));
    if (event.kind().isTerminal() && session == null) {
      save(event.agent(), known);
      return;
    }
    event = known.bySubagent(event);
    apply(event, out);
    if (event.kind() == HookKind.SESSION_START) {
      promote(event, known, out);
    }
    save(event.agent(), known);
  }

  /** A child's own start becomes a subagent of its parent, as soon as there is the parent. */
  private boolean child(HookEvent event, Routes known, Records out) {
    ChildSession child = ChildSession.startedBy(event);
    HookSession own = sessions.get(key(event));
    if (child == null || (own != null && !own.isEmpty())) {
      return false;
    }
    String parent = event.agent().wireName() + "/" + child.parent();
    if (sessions.containsKey(parent)) {
      start(event, child, known, out);
    } else {
      pending.put(key(event), event);
    }
    return true;
  }

  private void start(HookEvent event, ChildSession child, Routes known, Records out) {
    known.add(event.session(), child);
    apply(
        event.of(HookKind.SUBAGENT_START).routed(child.parent(), child.scope(), child.subagent()),
        out);
  }

  private void promote(HookEvent parent, Routes known, Records out) {
    for (Map.Entry<String, HookEvent> waiting : List.copyOf(pending.entrySet())) {
      ChildSession child = ChildSession.startedBy(waiting.getValue());
      if (child != null
          && waiting.getValue().agent() == parent.agent()
          && child.parent().equals(parent.session())) {
        pending.remove(waiting.getKey());
        start(waiting.getValue(), child, known, out);
      }
    }
  }

  private void apply(HookEvent event, Records out) {
    String key = key(event);
    HookSession session =
        sessions.computeIfAbsent(
            key, id -> new HookSession(event.agent(), event.session(), ended.getOrDefault(id, 0L)));
    session.apply(event, out);
    save(key, session);
    while (sessions.size() > MOST_SESSIONS) {
      Map.Entry<String, HookSession> oldest = sessions.entrySet().iterator().next();
      oldest.getValue().closeAll("too_many_sessions", out);
      save(oldest.getKey(), oldest.getValue());
    }
  }

  private static String key(HookEvent event) {
    return event.agent().wireName() + "/" + event.session();
  }

  private void save(String key, HookSession session) {
    if (!session.isEmpty()) {
      // Those used last stand at the end.
      sessions.remove(key);
      sessions.put(key, session);
      changes.put(SESSION + key, session.toJson().getBytes(StandardCharsets.UTF_8));
      return;
    }
    sessions.remove(key);
    changes.put(SESSION + key, null);
    long next = session.epoch() + 1;
    ended.remove(key);
    ended.put(key, next);
    changes.put(ENDED + key, Long.toString(next).getBytes(StandardCharsets.UTF_8));
    if (ended.size() > MOST_SESSIONS) {
      String oldest = ended.keySet().iterator().next();
      ended.remove(oldest);
      changes.put(ENDED + oldest, null);
    }
  }

  private void save(HookAgent agent, Routes known) {
    changes.put(ROUTES + agent.wireName(), known.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** Ends turns in which nothing has happened for long. */
  public List<String> endIdle(long nowNanos) {
    Records out = new Records(nowNanos, content);
    List<Map.Entry<String, HookSession>> open = new ArrayList<>(sessions.entrySet());
    for (Map.Entry<String, HookSession> entry : open) {
      HookSession session = entry.getValue();
      if (session.isIdle() && nowNanos - session.lastNanos() >= idle.toNanos()) {
        session.closeTurn("idle_timeout", out);
        save(entry.getKey(), session);
      }
    }
    return out.lines();
  }

  /** How many turns are open. */
  public int openTurns() {
    return (int) sessions.values().stream().filter(HookSession::hasTurn).count();
  }
}
