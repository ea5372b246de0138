package io.fairlead.core;

import java.util.List;

/**
 * What came of reading everything.
 *
 * @param openTurns turns that have begun, not ended, and were therefore not sent
 * @param failed adapters that gave up after failures
 * @param unfinished adapters that were still reading when the time was over
 */
public record OnceReport(int openTurns, List<String> failed, List<String> unfinished) {

  public OnceReport {
    failed = List.copyOf(failed);
    unfinished = List.copyOf(unfinished);
  }

  /** Whether every adapter has read all there was. */
  public boolean complete() {
    return failed.isEmpty() && unfinished.isEmpty();
  }
}
