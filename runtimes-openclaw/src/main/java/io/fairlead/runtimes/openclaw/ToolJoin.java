package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.openclaw.Row.Assistant;
import io.fairlead.runtimes.openclaw.Row.ToolRequest;
import io.fairlead.runtimes.openclaw.Row.ToolResult;
import io.fairlead.runtimes.openclaw.Turn.Tool;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.TimeQuality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the requests and results of a turn. Ids repeat, so a result answers the oldest request of
 * its id that has none; a result nobody asked for is a call too, since OpenClaw leaves out answers
 * that only ask for an unknown tool.
 */
final class ToolJoin {

  /** A request that waits for its result. */
  private record Asked(int place, ToolRequest request, long nanos) {}

  private final List<@Nullable Tool> tools = new ArrayList<>();
  private final Map<String, Deque<Asked>> waiting = new HashMap<>();
  private final Map<String, Integer> occurrences = new HashMap<>();

  private ToolJoin() {}

  /** The tool calls of a turn. */
  static List<Tool> tools(List<Row> rows) {
    ToolJoin join = new ToolJoin();
    long previous = rows.isEmpty() ? 0 : rows.get(0).timeNanos();
    for (Row row : rows) {
      if (row instanceof Assistant answer) {
        answer.tools().forEach(request -> join.ask(request, row.timeNanos()));
      } else if (row instanceof ToolResult result) {
        join.answer(result, previous);
      }
      previous = row.timeNanos();
    }
    return join.finish(previous);
  }

  private void ask(ToolRequest request, long nanos) {
    waiting
        .computeIfAbsent(request.id(), id -> new ArrayDeque<>())
        .add(new Asked(tools.size(), request, nanos));
    tools.add(null);
  }

  private void answer(ToolResult result, long previousRow) {
    Deque<Asked> asked = result.callId() == null ? null : waiting.get(result.callId());
    Asked request = asked == null ? null : asked.poll();
    if (request == null) {
      tools.add(tool(result, null, previousRow));
    } else {
      tools.set(request.place(), tool(result, request, previousRow));
    }
  }

  private Tool tool(ToolResult result, @Nullable Asked asked, long previousRow) {
    ToolRequest request = asked == null ? null : asked.request();
    boolean timed = result.durationNanos() != Row.NO_TIME;
    long start =
        timed
            ? result.endNanos() - result.durationNanos()
            : Math.min(previousRow, result.endNanos());
    return new Tool(
        key(result.callId()),
        request == null ? result.name() : request.name(),
        result.callId(),
        start,
        result.endNanos(),
        timed ? TimeQuality.EXACT : TimeQuality.APPROXIMATE,
        result.exitCode(),
        asked == null ? Row.NO_TIME : asked.nanos(),
        result.timeNanos(),
        result.childKey(),
        outcome(result),
        request == null ? null : request.content(),
        result.content());
  }

  private static Outcome outcome(ToolResult result) {
    if (result.timedOut()) {
      return Outcome.error(ErrorTypes.TIMEOUT, null);
    }
    Integer exitCode = result.exitCode();
    if (exitCode != null && exitCode != 0) {
      return Outcome.error(ErrorTypes.EXIT_CODE, null);
    }
    return result.failed() ? Outcome.error(ErrorTypes.TOOL_ERROR, null) : Outcome.UNSET;
  }

  private String key(@Nullable String callId) {
    String id = callId == null ? "" : callId;
    return id + '#' + occurrences.merge(id, 1, Integer::sum);
  }

  /** Requests without a result: they lasted until the turn's last line at least. */
  private List<Tool> finish(long lastRow) {
    for (Deque<Asked> asked : waiting.values()) {
      for (Asked request : asked) {
        tools.set(
            request.place(),
            new Tool(
                key(request.request().id()),
                request.request().name(),
                request.request().id(),
                request.nanos(),
                Math.max(request.nanos(), lastRow),
                TimeQuality.APPROXIMATE,
                null,
                request.nanos(),
                Row.NO_TIME,
                null,
                Outcome.UNSET,
                request.request().content(),
                null));
      }
    }
    List<Tool> joined = new ArrayList<>();
    for (Tool tool : tools) {
      if (tool != null) {
        joined.add(tool);
      }
    }
    return joined;
  }
}
