package io.fairlead.runtimes.openclaw;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of a home as they are during one poll. */
final class SessionBook {

  private static final int MAX_KNOWN = 64;
  private static final int MAX_STEPS_BACK = 16;
  private static final String KEY_START = "agent:";

  private final Map<String, AgentReader> agents;
  private final Map<Ref, Pages> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ref, Pages> eldest) {
          return size() > MAX_KNOWN;
        }
      };

  /**
   * @param agents the agents that can be read now, by id
   */
  SessionBook(Map<String, AgentReader> agents) {
    this.agents = agents;
  }

  /** A session of an agent. */
  record Ref(AgentReader agent, String sessionId) {}

  /** A session and its turns in order. */
  record Pages(Ref ref, Transcript transcript, List<Turn> turns) {}

  boolean isReadable(Ref ref) {
    return agents.containsValue(ref.agent());
  }

  /** An agent that failed to be read is left alone for the rest of the poll. */
  void forget(AgentReader agent) {
    agents.values().remove(agent);
    known.keySet().removeIf(ref -> ref.agent().equals(agent));
  }

  Pages pages(Ref ref) throws SQLException, IOException {
    Pages pages = known.get(ref);
    if (pages == null) {
      Transcript transcript = ref.agent().transcript(ref.sessionId());
      pages = new Pages(ref, transcript, TurnBuilder.turns(transcript));
      known.put(ref, pages);
    }
    return pages;
  }

  /** The session a key stands for now, or null when it is not known here. */
  @Nullable Ref find(@Nullable String key) throws SQLException {
    AgentReader agent = key == null ? null : agents.get(agentOf(key));
    String id = agent == null || key == null ? null : agent.sessionOf(key);
    return agent == null || id == null ? null : new Ref(agent, id);
  }

  /** The session a key stood for at a moment: the one it stands for now or one before that. */
  @Nullable Ref find(@Nullable String key, long nanos) throws SQLException {
    Ref ref = find(key);
    for (int step = 0; ref != null && step < MAX_STEPS_BACK; step++) {
      SessionInfo info = ref.agent().info(ref.sessionId());
      if (info.createdNanos() == Row.NO_TIME
          || info.createdNanos() <= nanos
          || info.previousId() == null) {
        return ref;
      }
      ref = new Ref(ref.agent(), info.previousId());
    }
    return ref;
  }

  private static String agentOf(String key) {
    if (!key.startsWith(KEY_START)) {
      return "";
    }
    int end = key.indexOf(':', KEY_START.length());
    return end < 0 ? "" : key.substring(KEY_START.length(), end);
  }
}
