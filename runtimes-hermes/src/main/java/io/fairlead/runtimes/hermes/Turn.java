package io.fairlead.runtimes.hermes;

import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.TimeQuality;
import java.util.List;
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
 */
record Turn(
    String key,
    long userNanos,
    long endNanos,
    Ending ending,
    Outcome outcome,
    List<Call> calls,
    List<Tool> tools) {

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
      Outcome outcome) {

    boolean succeeded() {
      return !outcome.isError();
    }
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
      Outcome outcome) {}

  /** Answered calls. */
  long successes() {
    return calls.stream().filter(Call::succeeded).count();
  }
}
