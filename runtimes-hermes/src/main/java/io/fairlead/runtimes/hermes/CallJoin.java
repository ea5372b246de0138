package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.LogFact.CallDone;
import io.fairlead.runtimes.hermes.LogFact.CallFailed;
import io.fairlead.runtimes.hermes.LogFact.Retrying;
import io.fairlead.runtimes.hermes.LogFact.TurnBegan;
import io.fairlead.runtimes.hermes.Rows.Message;
import io.fairlead.runtimes.hermes.Turn.Call;
import io.fairlead.runtimes.hermes.Turn.CallRows;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.TimeQuality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model calls of one turn: each assistant row is an answered call, each line of the log is an
 * attempt. A line and a row are one call when the row was written within two seconds after the
 * line, in order.
 */
final class CallJoin {

  private static final long BEFORE_NANOS = 100_000_000L;
  private static final long AFTER_NANOS = 2_000_000_000L;

  private static final Map<String, String> FINISH_REASONS = Map.of("tool_calls", "tool_call");

  private final List<Message> rows;
  private final List<Call> calls = new ArrayList<>();
  private final boolean[] joined;
  private int failures;
  private int extras;

  /** End of the latest failed attempt of the call under way, and its number. */
  private @Nullable CallFailed lastFailure;

  private long nextAttemptStart = Rows.NO_TIME;

  private CallJoin(List<Message> rows) {
    this.rows = rows;
    this.joined = new boolean[rows.size()];
  }

  static List<Call> calls(List<Message> rows, List<LogFact> lines) {
    CallJoin join = new CallJoin(rows);
    for (LogFact line : lines) {
      if (line instanceof CallDone done) {
        join.answered(done);
      } else if (line instanceof CallFailed failed) {
        join.failed(failed);
      } else if (line instanceof Retrying retrying && retrying.delayNanos() >= 0) {
        join.nextAttemptStart = retrying.timeNanos() + retrying.delayNanos();
      } else if (line instanceof TurnBegan) {
        join.lastFailure = null;
      }
    }
    join.addRowsWithoutLines();
    join.calls.sort(Comparator.comparingLong(Call::endNanos));
    return List.copyOf(join.calls);
  }

  private void answered(CallDone line) {
    int row = rowOf(line);
    CallFailed before = lastFailure;
    long start = line.timeNanos();
    TimeQuality quality = TimeQuality.APPROXIMATE;
    if (before != null) {
      start = nextAttemptStart != Rows.NO_TIME ? nextAttemptStart : before.timeNanos();
    } else if (line.latencyNanos() >= 0) {
      start = line.timeNanos() - line.latencyNanos();
      quality = TimeQuality.EXACT;
    }
    calls.add(
        new Call(
            row >= 0 ? rowKey(row) : "logged:" + ++extras,
            Math.min(start, line.timeNanos()),
            line.timeNanos(),
            quality,
            before == null ? 1 : before.attempt() + 1,
            orNull(line.model()),
            orNull(line.provider()),
            before == null ? null : orNull(before.baseUrl()),
            row >= 0 ? finishReasons(rows.get(row)) : List.of(),
            line,
            Outcome.UNSET,
            row >= 0 ? rowsOf(row) : CallRows.NONE));
    lastFailure = null;
    nextAttemptStart = Rows.NO_TIME;
  }

  private void failed(CallFailed line) {
    long start = nextAttemptStart != Rows.NO_TIME ? nextAttemptStart : rowBefore(line.timeNanos());
    calls.add(
        new Call(
            "failed:" + ++failures,
            Math.min(start, line.timeNanos()),
            line.timeNanos(),
            TimeQuality.APPROXIMATE,
            line.attempt(),
            orNull(line.model()),
            orNull(line.provider()),
            orNull(line.baseUrl()),
            List.of(),
            null,
            Outcome.error(line.errorType(), null),
            CallRows.NONE));
    lastFailure = line;
    nextAttemptStart = Rows.NO_TIME;
  }

  private int rowOf(CallDone line) {
    for (int i = 0; i < rows.size(); i++) {
      long late = rows.get(i).timeNanos() - line.timeNanos();
      if (rows.get(i).isAssistant() && !joined[i] && late >= -BEFORE_NANOS && late <= AFTER_NANOS) {
        joined[i] = true;
        return i;
      }
    }
    return -1;
  }

  private long rowBefore(long time) {
    long before = rows.get(0).timeNanos();
    for (Message row : rows) {
      if (row.timeNanos() <= time) {
        before = Math.max(before, row.timeNanos());
      }
    }
    return before;
  }

  private void addRowsWithoutLines() {
    for (int i = 0; i < rows.size(); i++) {
      Message row = rows.get(i);
      if (row.isAssistant() && !joined[i]) {
        long start = i == 0 ? row.timeNanos() : rows.get(i - 1).timeNanos();
        calls.add(
            new Call(
                rowKey(i),
                Math.min(start, row.timeNanos()),
                row.timeNanos(),
                TimeQuality.APPROXIMATE,
                0,
                null,
                null,
                null,
                finishReasons(row),
                null,
                Outcome.UNSET,
                rowsOf(i)));
      }
    }
  }

  /** The key is the ordinal among the answers, which the log alone would give as well. */
  private String rowKey(int index) {
    int answers = 0;
    for (int i = 0; i <= index; i++) {
      answers += rows.get(i).isAssistant() ? 1 : 0;
    }
    return "answer:" + answers;
  }

  private CallRows rowsOf(int answer) {
    int first = answer;
    while (first > 0 && !rows.get(first - 1).isAssistant()) {
      first--;
    }
    return new CallRows(List.copyOf(rows.subList(first, answer)), rows.get(answer));
  }

  private static List<String> finishReasons(Message row) {
    String reason = row.finishReason();
    return reason == null || reason.isEmpty()
        ? List.of()
        : List.of(FINISH_REASONS.getOrDefault(reason, reason));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
