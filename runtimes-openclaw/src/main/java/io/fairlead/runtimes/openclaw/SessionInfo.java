package io.fairlead.runtimes.openclaw;

import org.jspecify.annotations.Nullable;

/**
 * What OpenClaw keeps about a session beside its transcript.
 *
 * @param key session key, or null when it is not known
 * @param parentKey session key of the agent that spawned it, or null
 * @param previousId session it took the place of, or null
 * @param createdNanos when it was made, or {@link Row#NO_TIME}
 * @param status of its last run: {@code running}, {@code done}, {@code failed}, …, or null
 * @param runEndedNanos when its last run ended, or {@link Row#NO_TIME}
 * @param updatedNanos when something of it was changed last, or {@link Row#NO_TIME}
 */
record SessionInfo(
    @Nullable String key,
    @Nullable String parentKey,
    @Nullable String previousId,
    long createdNanos,
    @Nullable String status,
    long runEndedNanos,
    long updatedNanos) {

  static final SessionInfo UNKNOWN =
      new SessionInfo(null, null, null, Row.NO_TIME, null, Row.NO_TIME, Row.NO_TIME);

  /** Whether OpenClaw says that no run is going on since a moment. */
  boolean restsSince(long nanos) {
    return status != null
        && !status.equals("running")
        && runEndedNanos != Row.NO_TIME
        && runEndedNanos >= nanos;
  }
}
