package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.Rows.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes out what a compaction wrote twice. It marks the old rows and inserts the ones it keeps
 * again, with new ids and times, around its summary. A row counts once, as first written.
 */
final class Copies {

  private Copies() {}

  /** The rows in order of id without the copies. */
  static List<Message> without(List<Message> rows) {
    if (rows.stream().noneMatch(Message::inactive)) {
      return rows;
    }
    List<Message> kept = new ArrayList<>();
    Set<String> toolRows = new HashSet<>();
    int i = 0;
    while (i < rows.size()) {
      int head = headCopies(rows, i, kept);
      if (head >= 0) {
        int summary = i + head;
        int tail = tailCopies(rows, summary + 1, kept);
        kept.add(rows.get(summary));
        i = summary + 1 + tail;
        continue;
      }
      Message row = rows.get(i++);
      boolean byId = row.isTool() || !row.toolRequests().isEmpty();
      if (!byId || toolRows.add(row.signature())) {
        kept.add(row);
      }
    }
    return kept;
  }

  /** How many rows from here to a summary repeat the beginning of the session, or -1. */
  private static int headCopies(List<Message> rows, int from, List<Message> kept) {
    int n = 0;
    while (from + n < rows.size()) {
      if (rows.get(from + n).summary()) {
        return n;
      }
      if (n >= kept.size() || !same(rows.get(from + n), kept.get(n))) {
        return -1;
      }
      n++;
    }
    return -1;
  }

  /** How many rows from here repeat the last rows before the compaction. */
  private static int tailCopies(List<Message> rows, int from, List<Message> kept) {
    int most = Math.min(rows.size() - from, kept.size());
    for (int n = most; n > 0; n--) {
      boolean all = true;
      for (int i = 0; all && i < n; i++) {
        all = same(rows.get(from + i), kept.get(kept.size() - n + i));
      }
      if (all) {
        return n;
      }
    }
    return 0;
  }

  private static boolean same(Message a, Message b) {
    return a.role().equals(b.role()) && a.signature().equals(b.signature());
  }
}
