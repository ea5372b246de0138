package io.fairlead.runtimes.openclaw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session: its lines, in order and each once, and what OpenClaw keeps beside.
 *
 * @param startNanos when it began according to its first line, or {@link Row#NO_TIME}
 * @param info what is kept beside its lines
 * @param rows its lines without the first
 * @param fileBytes how far its file was read, 0 when it has none
 */
record Transcript(
    String sessionId, long startNanos, SessionInfo info, List<Row> rows, long fileBytes) {

  private static final long SLACK_NANOS = 1_000_000_000L;

  /**
   * Joins the lines of a session's file and of its store. A home that was upgraded may have both:
   * the store then holds the file's lines again, or goes on where the file ends.
   */
  static Transcript of(
      String sessionId, SessionInfo info, List<Row> fromFile, List<Row> fromStore, long fileBytes) {
    List<Row> joined = joined(fromFile, fromStore);
    Row.Header header = header(joined);
    long start = header == null ? Row.NO_TIME : header.timeNanos();
    long first = start == Row.NO_TIME ? Row.NO_TIME : start - SLACK_NANOS;
    List<Row> rows = new ArrayList<>(joined.size());
    for (Row row : joined) {
      // What is older than the session was copied from the one it was forked from.
      if (!(row instanceof Row.Header) && row.timeNanos() >= first) {
        rows.add(row);
      }
    }
    return new Transcript(sessionId, start, info, rows, fileBytes);
  }

  private static List<Row> joined(List<Row> fromFile, List<Row> fromStore) {
    if (fromFile.isEmpty() || fromStore.isEmpty()) {
      return fromFile.isEmpty() ? fromStore : fromFile;
    }
    Set<String> known = new HashSet<>();
    fromFile.forEach(row -> known.add(String.valueOf(row.signature())));
    List<Row> joined = new ArrayList<>(fromFile);
    for (Row row : fromStore) {
      if (!known.contains(String.valueOf(row.signature()))) {
        joined.add(row);
      }
    }
    // Stable: lines of one millisecond stay in the order they were written in.
    joined.sort(Comparator.comparingLong(Row::timeNanos));
    return joined;
  }

  private static Row.@Nullable Header header(List<Row> rows) {
    for (Row row : rows) {
      if (row instanceof Row.Header header) {
        return header;
      }
    }
    return null;
  }
}
