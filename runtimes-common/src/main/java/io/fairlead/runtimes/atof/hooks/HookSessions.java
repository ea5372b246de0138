package io.fairlead.runtimes.atof.hooks;

import io.fairlead.spi.SourceState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions in which something is open, those used last at the end; a bounded number. */
final class HookSessions {

  static final int MOST = 1_000;

  private static final String SESSION = "hooks/session/";
  private static final String ENDED = "hooks/ended/";

  private final Map<String, HookSession> sessions = new LinkedHashMap<>();
  private final Map<String, Long> ended = new LinkedHashMap<>();

  void load(SourceState state) {
    sessions.clear();
    ended.clear();
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
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  boolean has(String key) {
    return sessions.containsKey(key);
  }

  /** Whether nothing is open that would stand above what becomes a subagent. */
  boolean isFree(String key) {
    HookSession session = sessions.get(key);
    return session == null || session.isEmpty();
  }

  boolean isStarted(String key) {
    HookSession session = sessions.get(key);
    return session != null && session.isStarted();
  }

  void apply(HookEvent event, Records out, Map<String, byte @Nullable []> changes) {
    String key = event.key();
    HookSession session =
        sessions.computeIfAbsent(
            key,
            id ->
                new HookSession(
                    new SessionIds(event.agent(), event.session(), ended.getOrDefault(id, 0L)),
                    event.headers()));
    session.apply(event, out);
    save(key, session, changes);
    while (sessions.size() > MOST) {
      Map.Entry<String, HookSession> oldest = sessions.entrySet().iterator().next();
      oldest.getValue().closeAll("too_many_sessions", out);
      save(oldest.getKey(), oldest.getValue(), changes);
    }
  }

  private void save(String key, HookSession session, Map<String, byte @Nullable []> changes) {
    sessions.remove(key);
    if (!session.isEmpty()) {
      sessions.put(key, session);
      changes.put(SESSION + key, session.toJson().getBytes(StandardCharsets.UTF_8));
      return;
    }
    changes.put(SESSION + key, null);
    if (!session.wasUsed()) {
      return;
    }
    long next = session.ids().epoch() + 1;
    ended.remove(key);
    ended.put(key, next);
    changes.put(ENDED + key, Long.toString(next).getBytes(StandardCharsets.UTF_8));
    if (ended.size() > MOST) {
      String oldest = ended.keySet().iterator().next();
      ended.remove(oldest);
      changes.put(ENDED + oldest, null);
    }
  }

  /** Ends turns in which nothing has happened since a time. Returns the subagents they had. */
  Map<SessionIds, List<String>> endIdle(
      long sinceNanos, Records out, Map<String, byte @Nullable []> changes) {
    Map<SessionIds, List<String>> closed = new LinkedHashMap<>();
    for (Map.Entry<String, HookSession> entry : new ArrayList<>(sessions.entrySet())) {
      HookSession session = entry.getValue();
      if (session.isIdle() && session.lastNanos() <= sinceNanos) {
        closed.put(session.ids(), session.closeTurn("idle_timeout", out));
        save(entry.getKey(), session, changes);
      }
    }
    return closed;
  }

  int openTurns() {
    return (int) sessions.values().stream().filter(HookSession::hasTurn).count();
  }
}
