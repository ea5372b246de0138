package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.files.LogTail;
import io.fairlead.runtimes.hermes.LogFact.TurnBegan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts of a home's log, by session, until the turns they belong to are given. Not durable: a
 * new run reads the log again, and what belongs to turns given before is let go.
 */
final class HomeLog {

  private static final int BACKUPS = 3;
  private static final int MAX_LINE = 16 * 1024;

  private final LogTail tail;
  private final LogParser parser;
  private final Map<String, List<LogFact>> facts = new HashMap<>();

  HomeLog(Path file, ZoneId zone) {
    this.tail = new LogTail(file, BACKUPS, MAX_LINE);
    this.parser = new LogParser(zone);
  }

  /** Reads what is new and says which sessions it is about. */
  Set<String> poll() throws IOException {
    Set<String> touched = new LinkedHashSet<>();
    tail.poll(
        line -> {
          LogFact fact = parser.parse(line);
          if (fact != null) {
            facts.computeIfAbsent(fact.session(), id -> new ArrayList<>()).add(fact);
            touched.add(fact.session());
          }
        });
    return touched;
  }

  List<LogFact> of(String session) {
    return facts.getOrDefault(session, List.of());
  }

  /** Lets go of what belongs to turns that began at or before a time. */
  void settle(String session, long userNanos) {
    List<LogFact> known = facts.get(session);
    if (known == null) {
      return;
    }
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i) instanceof TurnBegan began && began.timeNanos() > userNanos) {
        known.subList(0, i).clear();
        return;
      }
    }
    facts.remove(session);
  }
}
