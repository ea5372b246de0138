package io.fairlead.resources;

import org.jspecify.annotations.Nullable;

/**
 * What a process used so far. What the system does not tell is null.
 *
 * @param id which process it is; numbers alone are used again
 */
record ProcessFacts(
    Id id,
    long userMicros,
    long systemMicros,
    long resident,
    long virtual,
    long threads,
    @Nullable Long privateBytes,
    @Nullable Long peakResident,
    @Nullable Long openFiles,
    @Nullable Io io) {

  /**
   * Identity of a process.
   *
   * @param startMillis milliseconds since the epoch at which it began
   */
  record Id(int pid, long startMillis) {}

  /**
   * What it read and wrote.
   *
   * @param readCalls how often, or null
   * @param writeCalls how often, or null
   */
  record Io(
      long bytesRead, long bytesWritten, @Nullable Long readCalls, @Nullable Long writeCalls) {}

  long cpuMicros() {
    return userMicros + systemMicros;
  }

  @Nullable Long bytesRead() {
    return io == null ? null : (Long) io.bytesRead();
  }

  @Nullable Long bytesWritten() {
    return io == null ? null : (Long) io.bytesWritten();
  }

  @Nullable Long readCalls() {
    return io == null ? null : io.readCalls();
  }

  @Nullable Long writeCalls() {
    return io == null ? null : io.writeCalls();
  }
}
