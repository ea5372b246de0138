package io.fairlead.runtimes.hermes;

import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.TimeQuality;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A turn as the sources together show it.
 *
 * @param key its key within the session: hash of the user's text and its occurrence
 * @param userNanos time of the row (or line) it began with
 * @param endNanos when it ended, or the last that is known of it
 * @param ending how sure it is that it ended
 * @param outcome how it ended
 * @param calls attempts of model calls by time
 * @param tools tool calls in the order they were asked for
 * @param rows where in the store its texts are
 * @param pauses times at which all calls and tools begun so far had ended and the turn went on, in
 *     order
 */
record Turn(
    String key,
    long userNanos,
    long endNanos,
    Ending ending,
    Outcome outcome,
    List<Call> calls,
    List<Tool> tools,
    TextRows rows,
    List<Long> pauses) {

  /**
   * Where in the store the texts of a turn are.
   *
   * @param user id of the user's row, {@link #NO_ROW} when only the log knows the turn
   * @param answer id of the row with the final answer, or {@link #NO_ROW}
   */
  record TextRows(long user, long answer) {}

  /** There is no such row. */
  static final long NO_ROW = -1;

  /** How sure it is that a turn ended. */
  enum Ending {
    /** Nothing says that it ended. */
    OPEN,
    /** It looks ended, but what follows may still belong to it. */
    PERHAPS,
    /** Hermes says so. */
    ENDED,
    /** Its end was not recorded, but the session went on or ended without it. */
    CUT
  }

  /**
   * An attempt of a model call.
   *
   * @param key its key within the turn
   * @param attempt 1 for the first, 0 when not known
   * @param model what the log says, or null
   * @param usage what the log says about an answered call, or null
   * @param rows what of the store it read and wrote
   */
  record Call(
      String key,
      long startNanos,
      long endNanos,
      TimeQuality quality,
      int attempt,
      @Nullable String model,
      @Nullable String provider,
      @Nullable String baseUrl,
      List<String> finishReasons,
      LogFact.@Nullable CallDone usage,
      Outcome outcome,
      CallRows rows) {

    boolean succeeded() {
      return !outcome.isError();
    }
  }

  /**
   * Rows of a model call.
   *
   * @param heard those since the answer before, which the model read in addition to all that was
   *     said before
   * @param answer its answer, or null when only the log knows the call
   */
  record CallRows(List<Rows.Message> heard, Rows.@Nullable Message answer) {
    static final CallRows NONE = new CallRows(List.of(), null);
  }

  /** A tool call. */
  record Tool(
      String key,
      String name,
      @Nullable String callId,
      long startNanos,
      long endNanos,
      TimeQuality quality,
      @Nullable Integer exitCode,
      boolean resultKnown,
      Outcome outcome,
      ToolRows rows) {}

  /**
   * Where in the store the texts of a tool call are.
   *
   * @param request id of the assistant row that asks for it, or {@link #NO_ROW}
   * @param index its place among the requests of that row
   * @param result id of the row of its result, or {@link #NO_ROW}
   */
  record ToolRows(long request, int index, long result) {
    static final ToolRows NONE = new ToolRows(NO_ROW, 0, NO_ROW);
  }

  /** The turn with only those of its calls and tools that ended until a time. */
  Turn until(long nanos) {
    return with(call -> call.endNanos() <= nanos, tool -> tool.endNanos() <= nanos);
  }

  /** The turn without those of its calls and tools that ended until a time. */
  Turn after(long nanos) {
    return with(call -> call.endNanos() > nanos, tool -> tool.endNanos() > nanos);
  }

  private Turn with(Predicate<Call> someCalls, Predicate<Tool> someTools) {
    return new Turn(
        key,
        userNanos,
        endNanos,
        ending,
        outcome,
        calls.stream().filter(someCalls).toList(),
        tools.stream().filter(someTools).toList(),
        rows,
        pauses);
  }

  /** The last pause until a time, or {@link Rows#NO_TIME}. */
  long pauseUntil(long nanos) {
    long last = Rows.NO_TIME;
    for (long pause : pauses) {
      last = pause <= nanos ? pause : last;
    }
    return last;
  }
}
