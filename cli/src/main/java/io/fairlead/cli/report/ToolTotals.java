package io.fairlead.cli.report;

/** Numbers of one tool. Not thread-safe. */
public final class ToolTotals {

  private long calls;
  private long failedCalls;

  void add(boolean failed) {
    calls++;
    if (failed) {
      failedCalls++;
    }
  }

  void add(ToolTotals other) {
    calls += other.calls;
    failedCalls += other.failedCalls;
  }

  /** Calls, failed ones included. */
  public long calls() {
    return calls;
  }

  /** Calls that failed. */
  public long failedCalls() {
    return failedCalls;
  }
}
