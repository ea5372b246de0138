package io.fairlead.cli.report;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(calls);
    out.writeLong(failedCalls);
  }

  static ToolTotals readFrom(DataInput in) throws IOException {
    ToolTotals tool = new ToolTotals();
    tool.calls = in.readLong();
    tool.failedCalls = in.readLong();
    return tool;
  }
}
