package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.LogFact.CallFailed;
import io.fairlead.runtimes.hermes.LogFact.GaveUp;
import io.fairlead.runtimes.hermes.LogFact.TurnBegan;
import io.fairlead.runtimes.hermes.LogFact.TurnEnded;
import io.fairlead.runtimes.hermes.Rows.Message;
import io.fairlead.runtimes.hermes.Rows.Session;
import io.fairlead.runtimes.hermes.Turn.Ending;
import io.fairlead.spi.event.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the rows and log lines of a session into its turns. Pure: same facts, same turns. */
final class TurnBuilder {

  private final Session session;
  private final List<LogFact> facts;
  private final boolean logOnly;

  private TurnBuilder(Session session, List<LogFact> facts, boolean logOnly) {
    this.session = session;
    this.facts = facts;
    this.logOnly = logOnly;
  }

  /**
   * The turns of a session in order.
   *
   * @param messages rows in order of id
   * @param facts lines about the session in the order they were written
   * @param logOnly whether there is no store, so that the log alone says which tools ran
   */
  static List<Turn> turns(
      Session session, List<Message> messages, List<LogFact> facts, boolean logOnly) {
    return new TurnBuilder(session, facts, logOnly).build(Copies.without(messages));
  }

  private List<Turn> build(List<Message> messages) {
    List<List<Message>> groups = new ArrayList<>();
    for (Message message : messages) {
      if (message.isUser() && !message.synthetic()) {
        groups.add(new ArrayList<>());
      }
      if (!groups.isEmpty()) {
        groups.get(groups.size() - 1).add(message);
      }
    }
    List<Turn> turns = new ArrayList<>();
    Map<String, Integer> occurrences = new HashMap<>();
    int fact = 0;
    for (int i = 0; i < groups.size(); i++) {
      List<Message> rows = groups.get(i);
      int until =
          i + 1 < groups.size()
              ? factsBefore(groups.get(i + 1).get(0), rows.get(0).timeNanos(), fact)
              : facts.size();
      int k = occurrences.merge(rows.get(0).textHash(), 1, Integer::sum);
      boolean last = i + 1 == groups.size();
      turns.add(turn(rows.get(0).textHash() + '#' + k, rows, facts.subList(fact, until), last));
      fact = until;
    }
    return turns;
  }

  /** Index of the first fact of the turn a user row begins: the line that took it up, or later. */
  private int factsBefore(Message user, long previousUser, int from) {
    int boundary = from;
    while (boundary < facts.size() && facts.get(boundary).timeNanos() <= user.timeNanos()) {
      boundary++;
    }
    for (int i = boundary - 1; i >= from; i--) {
      if (facts.get(i) instanceof TurnBegan began && began.timeNanos() > previousUser) {
        return i;
      }
      if (facts.get(i) instanceof TurnEnded) {
        break;
      }
    }
    return boundary;
  }

  private Turn turn(String key, List<Message> rows, List<LogFact> lines, boolean last) {
    long known = rows.get(rows.size() - 1).timeNanos();
    TurnEnded ended = null;
    GaveUp gaveUp = null;
    CallFailed failed = null;
    for (LogFact line : lines) {
      known = line instanceof TurnBegan ? known : Math.max(known, line.timeNanos());
      if (line instanceof TurnEnded e) {
        ended = e;
      } else if (line instanceof GaveUp g) {
        gaveUp = g;
      } else if (line instanceof CallFailed f) {
        failed = f;
      }
    }
    boolean answered = isAnswer(rows.get(rows.size() - 1));
    boolean failedForGood = gaveUp != null && !answeredAfter(rows, gaveUp.timeNanos()) && !answered;
    Outcome outcome = outcome(ended, failedForGood, failed);
    Ending ending = ending(ended != null || failedForGood, rows.get(rows.size() - 1), last);
    return new Turn(
        key,
        rows.get(0).timeNanos(),
        known,
        ending,
        outcome,
        CallJoin.calls(rows, lines),
        ToolJoin.tools(rows, lines, logOnly),
        logOnly
            ? new Turn.TextRows(Turn.NO_ROW, Turn.NO_ROW)
            : new Turn.TextRows(
                rows.get(0).id(), answered ? rows.get(rows.size() - 1).id() : Turn.NO_ROW),
        ToolJoin.pauses(rows));
  }

  private Ending ending(boolean said, Message lastRow, boolean last) {
    if (said) {
      return Ending.ENDED;
    }
    boolean answer = isAnswer(lastRow);
    if (answer && "stop".equals(lastRow.finishReason())) {
      return Ending.ENDED;
    }
    if (!last || session.hasEndedAfter(lastRow.timeNanos())) {
      return answer ? Ending.ENDED : Ending.CUT;
    }
    return answer ? Ending.PERHAPS : Ending.OPEN;
  }

  private static boolean isAnswer(Message row) {
    return row.isAssistant()
        && row.toolRequests().isEmpty()
        && !"tool_calls".equals(row.finishReason());
  }

  private static boolean answeredAfter(List<Message> rows, long time) {
    return rows.stream().anyMatch(row -> row.isAssistant() && row.timeNanos() > time);
  }

  private static Outcome outcome(
      @Nullable TurnEnded ended, boolean failedForGood, @Nullable CallFailed failed) {
    if (failedForGood) {
      return Outcome.error(failed == null ? Outcome.OTHER : failed.errorType(), null);
    }
    String reason = ended == null ? "" : ended.reason().toLowerCase(Locale.ROOT);
    if (reason.contains("interrupt") || reason.contains("cancel")) {
      return Outcome.error(ErrorTypes.CANCELLED, null);
    }
    if (reason.startsWith("error") || reason.contains("fail") || reason.contains("exhausted")) {
      return Outcome.error(failed == null ? Outcome.OTHER : failed.errorType(), null);
    }
    return Outcome.UNSET;
  }
}
