package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.LogFact.ToolDone;
import io.fairlead.runtimes.hermes.Rows.Message;
import io.fairlead.runtimes.hermes.Rows.ToolRequest;
import io.fairlead.runtimes.hermes.Rows.ToolResult;
import io.fairlead.runtimes.hermes.Turn.Tool;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.TimeQuality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one turn: what the assistant rows ask for with the rows of the results. The log
 * gives durations, but no ids: its lines are used where, for one answer and one tool, there are as
 * many of them as results.
 */
final class ToolJoin {

  private static final long SLACK_NANOS = 10_000_000L;

  private final List<Message> rows;
  private final List<LogFact> lines;
  private final List<Tool> tools = new ArrayList<>();

  private ToolJoin(List<Message> rows, List<LogFact> lines) {
    this.rows = rows;
    this.lines = lines;
  }

  static List<Tool> tools(List<Message> rows, List<LogFact> lines, boolean logOnly) {
    ToolJoin join = new ToolJoin(rows, lines);
    if (logOnly) {
      join.addLines();
    } else {
      join.addRows();
    }
    return List.copyOf(join.tools);
  }

  /**
   * The times at which every tool asked for so far had given its result and the next answer came. A
   * result that is missing may come any time, so there is no pause after it.
   */
  static List<Long> pauses(List<Message> rows) {
    List<Long> pauses = new ArrayList<>();
    Set<String> missing = new HashSet<>();
    long latest = Rows.NO_TIME;
    for (Message row : rows) {
      if (row.isTool()) {
        missing.remove(row.toolCallId());
        latest = Math.max(latest, row.timeNanos());
      } else if (row.isAssistant()) {
        boolean later = pauses.isEmpty() || latest > pauses.get(pauses.size() - 1);
        if (missing.isEmpty() && latest != Rows.NO_TIME && latest < row.timeNanos() && later) {
          pauses.add(latest);
        }
        row.toolRequests().forEach(request -> missing.add(request.id()));
      }
    }
    return List.copyOf(pauses);
  }

  private void addLines() {
    int n = 0;
    for (LogFact line : lines) {
      if (line instanceof ToolDone done) {
        tools.add(
            new Tool(
                "logged:" + ++n,
                done.tool(),
                null,
                done.timeNanos() - done.durationNanos(),
                done.timeNanos(),
                TimeQuality.EXACT,
                null,
                true,
                done.failed() ? Outcome.error(ErrorTypes.TOOL_ERROR, null) : Outcome.UNSET,
                Turn.ToolRows.NONE));
      }
    }
  }

  private void addRows() {
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).toolRequests().isEmpty()) {
        addBatch(i);
      }
    }
  }

  private void addBatch(int answer) {
    int until = answer + 1;
    while (until < rows.size() && !rows.get(until).isAssistant()) {
      until++;
    }
    List<ToolRequest> requests = rows.get(answer).toolRequests();
    int[] results = new int[requests.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = resultOf(requests.get(i).id(), answer + 1, until);
    }
    long end = until < rows.size() ? rows.get(until).timeNanos() : Long.MAX_VALUE;
    Map<String, List<ToolDone>> durations = linesBetween(rows.get(answer).timeNanos(), end);
    Map<String, Integer> next = new HashMap<>();
    for (int i = 0; i < results.length; i++) {
      ToolRequest request = requests.get(i);
      List<ToolDone> ofTool = durations.getOrDefault(request.name(), List.of());
      boolean unambiguous = ofTool.size() == countResults(requests, results, request.name());
      ToolDone line = null;
      if (results[i] >= 0 && unambiguous && !ofTool.isEmpty()) {
        line = ofTool.get(next.merge(request.name(), 1, Integer::sum) - 1);
      }
      long result = results[i] < 0 ? Turn.NO_ROW : rows.get(results[i]).id();
      Turn.ToolRows texts = new Turn.ToolRows(rows.get(answer).id(), i, result);
      tools.add(tool(request, answer, results[i], line, texts));
    }
  }

  private int resultOf(String id, int from, int until) {
    for (int i = from; i < until; i++) {
      if (rows.get(i).isTool() && id.equals(rows.get(i).toolCallId())) {
        return i;
      }
    }
    // A result may come after a message Hermes put in between.
    for (int i = until; i < rows.size(); i++) {
      if (rows.get(i).isTool() && id.equals(rows.get(i).toolCallId())) {
        return i;
      }
    }
    return -1;
  }

  private static int countResults(List<ToolRequest> requests, int[] results, String tool) {
    int count = 0;
    for (int i = 0; i < results.length; i++) {
      count += results[i] >= 0 && requests.get(i).name().equals(tool) ? 1 : 0;
    }
    return count;
  }

  private Map<String, List<ToolDone>> linesBetween(long from, long to) {
    Map<String, List<ToolDone>> byTool = new HashMap<>();
    for (LogFact line : lines) {
      if (line instanceof ToolDone done
          && done.timeNanos() >= from - SLACK_NANOS
          && done.timeNanos() <= to) {
        byTool.computeIfAbsent(done.tool(), name -> new ArrayList<>()).add(done);
      }
    }
    return byTool;
  }

  /** Ids are the model's own and may repeat. */
  private String key(ToolRequest request) {
    long same = tools.stream().filter(tool -> request.id().equals(tool.callId())).count();
    return same == 0 ? request.id() : request.id() + '#' + (same + 1);
  }

  private Tool tool(
      ToolRequest request, int answer, int result, @Nullable ToolDone line, Turn.ToolRows texts) {
    long asked = rows.get(answer).timeNanos();
    if (result < 0) {
      return new Tool(
          key(request),
          request.name(),
          request.id(),
          asked,
          asked,
          TimeQuality.APPROXIMATE,
          null,
          false,
          Outcome.UNSET,
          texts);
    }
    Message row = rows.get(result);
    long start =
        line != null ? row.timeNanos() - line.durationNanos() : rows.get(result - 1).timeNanos();
    Outcome outcome = outcome(row.result(), line);
    boolean ran = !outcome.isError() || !ErrorTypes.BLOCKED.equals(outcome.errorType());
    return new Tool(
        key(request),
        request.name(),
        request.id(),
        Math.min(start, row.timeNanos()),
        row.timeNanos(),
        line != null ? TimeQuality.EXACT : TimeQuality.APPROXIMATE,
        ran ? row.result().exitCode() : null,
        true,
        outcome,
        texts);
  }

  private static Outcome outcome(ToolResult result, @Nullable ToolDone line) {
    String error = result.error();
    Integer exitCode = result.exitCode();
    if (error != null && error.startsWith("BLOCKED")) {
      return Outcome.error(ErrorTypes.BLOCKED, null);
    }
    if (exitCode != null && exitCode != 0) {
      return Outcome.error(ErrorTypes.EXIT_CODE, null);
    }
    boolean failed = error != null || (line != null && line.failed());
    return failed ? Outcome.error(ErrorTypes.TOOL_ERROR, null) : Outcome.UNSET;
  }
}
