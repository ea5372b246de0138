package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.TimeQuality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn as its lines show it.
 *
 * @param key its key within the session: OpenClaw's run id, else hash of the user's text and its
 *     occurrence
 * @param firstNanos when its first line was written
 * @param startNanos when it was asked for
 * @param endNanos when its last line was written
 * @param ending how sure it is that it ended
 * @param certain whether its lines themselves say so; else more of them may come as long as the
 *     transcript grows
 * @param outcome how it ended
 * @param author who asked; SYSTEM when nobody did
 * @param sourceKey session key of the agent that asked, or null
 * @param sourceRun run of that agent that led to it, or null
 * @param calls answers of models by time
 * @param tools tool calls in the order they were asked for
 * @param input what was asked, when content is captured
 * @param output the answer, when content is captured and there is one
 */
record Turn(
    String key,
    long firstNanos,
    long startNanos,
    long endNanos,
    Ending ending,
    boolean certain,
    Outcome outcome,
    Row.Author author,
    @Nullable String sourceKey,
    @Nullable String sourceRun,
    List<Call> calls,
    List<Tool> tools,
    @Nullable Json input,
    @Nullable Json output) {

  /** How sure it is that a turn ended. */
  enum Ending {
    /** Nothing says that it ended. */
    OPEN,
    /** It looks ended, but OpenClaw may try again. */
    PERHAPS,
    /** OpenClaw says so. */
    ENDED,
    /** Its end was not recorded, but the session went on or came to rest without it. */
    CUT
  }

  /**
   * An answer of a model, or the failure to get one.
   *
   * @param key its key within the turn
   * @param heard what came since the answer before, which the model read in addition to all that
   *     was said before
   */
  record Call(String key, Row.Assistant row, List<Row> heard) {

    Outcome outcome() {
      String errorType = row.errorType();
      return errorType == null ? Outcome.UNSET : Outcome.error(errorType, null);
    }
  }

  /**
   * A tool call.
   *
   * @param key its key within the turn
   * @param askedNanos when the answer that asked for it was written, or {@link Row#NO_TIME} when
   *     there is none
   * @param resultNanos when its result was written, or {@link Row#NO_TIME}
   * @param childKey session key of the agent it spawned, or null
   */
  record Tool(
      String key,
      String name,
      @Nullable String callId,
      long startNanos,
      long endNanos,
      TimeQuality quality,
      @Nullable Integer exitCode,
      long askedNanos,
      long resultNanos,
      @Nullable String childKey,
      Outcome outcome,
      @Nullable Json input,
      @Nullable Json output) {

    boolean resultKnown() {
      return resultNanos != Row.NO_TIME;
    }
  }
}
