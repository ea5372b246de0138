package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.openclaw.Row.Assistant;
import io.fairlead.runtimes.openclaw.Row.Author;
import io.fairlead.runtimes.openclaw.Row.RunFailed;
import io.fairlead.runtimes.openclaw.Row.Stop;
import io.fairlead.runtimes.openclaw.Row.User;
import io.fairlead.runtimes.openclaw.Turn.Call;
import io.fairlead.runtimes.openclaw.Turn.Ending;
import io.fairlead.spi.event.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups the lines of a transcript into its turns. Pure: same lines, same turns. */
final class TurnBuilder {

  private static final String ANNOUNCE = "announce:v1:";

  private final SessionInfo info;
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<String, Draft> byRun = new HashMap<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private @Nullable Draft current;

  private TurnBuilder(SessionInfo info) {
    this.info = info;
  }

  /** Lines that belong together. */
  private static final class Draft {
    private final @Nullable User asked;
    private final String textKey;
    private final List<Row> rows = new ArrayList<>();
    private @Nullable String runId;
    private boolean worked;

    Draft(@Nullable User asked, String textKey, @Nullable String runId) {
      this.asked = asked;
      this.textKey = textKey;
      this.runId = runId;
    }

    void add(Row row) {
      rows.add(row);
      worked |= !(row instanceof User);
    }

    Row first() {
      return rows.get(0);
    }

    Row last() {
      return rows.get(rows.size() - 1);
    }

    String key() {
      return runId != null ? runId : textKey;
    }
  }

  /** The turns of a session in the order they began. */
  static List<Turn> turns(Transcript transcript) {
    TurnBuilder builder = new TurnBuilder(transcript.info());
    transcript.rows().forEach(builder::accept);
    return builder.build();
  }

  private void accept(Row row) {
    if (row instanceof User user) {
      ask(user);
    } else if (row instanceof Row.Reset) {
      current = null;
    } else if (!(row instanceof Row.Header)) {
      draftOf(row).add(row);
    }
  }

  private void ask(User user) {
    Draft running = user.steered() != null ? byRun.get(user.steered()) : null;
    if (running == null && user.runId() != null) {
      running = byRun.get(user.runId());
    }
    if (running != null) {
      running.add(user);
      return;
    }
    int k = occurrences.merge(user.textHash(), 1, Integer::sum);
    begin(new Draft(user, user.textHash() + '#' + k, user.runId())).add(user);
  }

  private Draft begin(Draft draft) {
    drafts.add(draft);
    if (draft.runId != null) {
      byRun.put(draft.runId, draft);
    }
    current = draft;
    return draft;
  }

  private Draft draftOf(Row row) {
    String run = row.runId();
    Draft known = run == null ? current : byRun.get(run);
    if (known != null) {
      return known;
    }
    Draft waiting = current;
    if (run != null
        && waiting != null
        && waiting.asked != null
        && waiting.runId == null
        && !waiting.worked) {
      // A channel's message does not name its run; the first answer to it does.
      waiting.runId = run;
      byRun.put(run, waiting);
      return waiting;
    }
    return begin(new Draft(null, "unasked@" + row.timeNanos(), run));
  }

  private List<Turn> build() {
    List<Turn> turns = new ArrayList<>();
    boolean followed = false;
    for (int i = drafts.size() - 1; i >= 0; i--) {
      Draft draft = drafts.get(i);
      turns.add(turn(draft, followed));
      // A message may lie in a queue while the turn before it goes on.
      followed |= draft.worked;
    }
    Collections.reverse(turns);
    return turns;
  }

  private Turn turn(Draft draft, boolean followed) {
    User asked = draft.asked;
    Announced announced = announced(draft);
    return new Turn(
        draft.key(),
        draft.first().timeNanos(),
        start(draft),
        draft.last().timeNanos(),
        ending(draft, followed),
        followed || said(draft) == Ending.ENDED,
        outcome(draft),
        author(asked, announced),
        announced != null ? announced.sessionKey() : asked == null ? null : asked.sourceKey(),
        announced == null ? null : announced.run(),
        calls(draft),
        ToolJoin.tools(draft.rows),
        asked == null ? null : asked.content(),
        draft.last() instanceof Assistant last && last.stop() == Stop.ANSWERED
            ? last.content()
            : null);
  }

  private static long start(Draft draft) {
    Row first = draft.first();
    if (first instanceof User user) {
      return user.askedNanos();
    }
    return first instanceof Assistant answer ? answer.startNanos() : first.timeNanos();
  }

  private static Author author(@Nullable User asked, @Nullable Announced announced) {
    if (announced != null) {
      return Author.AGENT;
    }
    return asked == null ? Author.SYSTEM : asked.author();
  }

  /** The spawned agent whose end a run tells of, and the run it ended with. */
  private record Announced(String sessionKey, String run) {}

  private static @Nullable Announced announced(Draft draft) {
    String run = draft.runId;
    if (run == null || !run.startsWith(ANNOUNCE)) {
      return null;
    }
    int end = run.lastIndexOf(':');
    return end <= ANNOUNCE.length()
        ? null
        : new Announced(run.substring(ANNOUNCE.length(), end), run.substring(end + 1));
  }

  private Ending ending(Draft draft, boolean followed) {
    Ending said = said(draft);
    // A message that waits for its run is not part of the run that came to rest after it.
    boolean over = followed || (draft.worked && info.restsSince(draft.last().timeNanos()));
    if (!over || said == Ending.ENDED) {
      return said;
    }
    return said == Ending.PERHAPS ? Ending.ENDED : Ending.CUT;
  }

  private static Ending said(Draft draft) {
    Row last = draft.last();
    if (last instanceof RunFailed) {
      return Ending.ENDED;
    }
    if (!(last instanceof Assistant answer)) {
      return Ending.OPEN;
    }
    return switch (answer.stop()) {
      case ANSWERED, ABORTED -> Ending.ENDED;
      // Since 2026.8 there is one such line for a turn, before there is one for every attempt.
      case FAILED -> answer.runId() != null ? Ending.ENDED : Ending.PERHAPS;
      case TOOLS -> Ending.OPEN;
    };
  }

  private static Outcome outcome(Draft draft) {
    Row last = draft.last();
    String errorType = null;
    if (last instanceof RunFailed failed) {
      errorType = failed.errorType();
    } else if (last instanceof Assistant answer && answer.stop() != Stop.TOOLS) {
      errorType = answer.errorType();
    }
    return errorType == null ? Outcome.UNSET : Outcome.error(errorType, null);
  }

  private static List<Call> calls(Draft draft) {
    List<Call> calls = new ArrayList<>();
    Map<String, Integer> keys = new HashMap<>();
    List<Row> heard = new ArrayList<>();
    for (Row row : draft.rows) {
      if (row instanceof Assistant answer) {
        String key = answer.startNanos() + "/" + answer.responseId();
        int n = keys.merge(key, 1, Integer::sum);
        calls.add(new Call(n == 1 ? key : key + '#' + n, answer, List.copyOf(heard)));
        if (answer.errorType() == null) {
          heard.clear(); // else the next attempt reads it again
        }
      } else {
        heard.add(row);
      }
    }
    return calls;
  }
}
