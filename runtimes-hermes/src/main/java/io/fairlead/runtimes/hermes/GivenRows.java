package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.Rows.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of long sessions whose turns were given, so that a session in which much happens is not read
 * from its beginning at each look. Only rows that cannot matter any more but for their place.
 */
final class GivenRows {

  /** Fewer are read again as fast. */
  private static final int FEWEST = 200;

  private static final int MOST = 20_000;
  private static final int SESSIONS = 16;

  private final Map<String, List<Message>> bySession =
      new LinkedHashMap<>(SESSIONS * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Message>> eldest) {
          return size() > SESSIONS;
        }
      };

  /** The first rows of a session; empty when none are remembered. */
  List<Message> of(String session) {
    return bySession.getOrDefault(session, List.of());
  }

  /**
   * Remembers the rows before the last turn that was given.
   *
   * @param rows all rows of the session in order
   * @param settledNanos time of the user's row of that turn
   */
  void remember(String session, List<Message> rows, long settledNanos) {
    int end = rows.size() - 1;
    while (end >= 0 && !(rows.get(end).isUser() && rows.get(end).timeNanos() == settledNanos)) {
      end--;
    }
    boolean worth = end >= FEWEST && end <= MOST;
    if (worth && of(session).size() != end && rows.stream().noneMatch(Message::inactive)) {
      bySession.put(session, List.copyOf(rows.subList(0, end)));
    }
  }

  void forget(String session) {
    bySession.remove(session);
  }
}
