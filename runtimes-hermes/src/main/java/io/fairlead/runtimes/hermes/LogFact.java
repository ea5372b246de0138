package io.fairlead.runtimes.hermes;

/** A line of {@code agent.log} that says something about a turn. */
sealed interface LogFact {

  /** When the line was written, nanoseconds since the epoch. */
  long timeNanos();

  /** The session it is about. */
  String session();

  /** A turn was taken up; written shortly before the store gets the user's row. */
  record TurnBegan(long timeNanos, String session, String text) implements LogFact {}

  /**
   * A call was answered.
   *
   * @param input the whole prompt
   * @param cacheRead the part of it that came from a cache
   * @param latencyNanos time since the first attempt began, rounded by Hermes to 0.1 s; -1 unknown
   */
  record CallDone(
      long timeNanos,
      String session,
      String model,
      String provider,
      long input,
      long output,
      long cacheRead,
      long latencyNanos)
      implements LogFact {}

  /** An attempt of a call failed. */
  record CallFailed(
      long timeNanos,
      String session,
      int attempt,
      String errorType,
      String provider,
      String baseUrl,
      String model)
      implements LogFact {}

  /** Hermes waits before it tries again. */
  record Retrying(long timeNanos, String session, long delayNanos) implements LogFact {}

  /** Hermes gave the turn up because its call failed for good. */
  record GaveUp(long timeNanos, String session) implements LogFact {}

  /** A tool ended. */
  record ToolDone(long timeNanos, String session, String tool, long durationNanos, boolean failed)
      implements LogFact {}

  /** The turn ended. */
  record TurnEnded(long timeNanos, String session, String reason) implements LogFact {}
}
