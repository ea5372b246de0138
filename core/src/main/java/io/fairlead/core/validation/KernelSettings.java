package io.fairlead.core.validation;

import org.jspecify.annotations.Nullable;

/**
 * The kernel's own keys at the root of the document.
 *
 * @param dataDir {@code data_dir}: where the journal lives, or null for the caller's default
 * @param journalMaxBytes {@code journal_max_bytes}: bound of the journal, default 1 GiB
 * @param queueCapacity {@code queue_capacity}: most events a log without disk holds, default 65536
 * @param overflow {@code overflow}: what a program's event meets in a full log
 */
public record KernelSettings(
    @Nullable String dataDir, long journalMaxBytes, int queueCapacity, Overflow overflow) {

  /** Defaults of a document that says nothing. */
  public static final KernelSettings DEFAULT =
      new KernelSettings(null, 1L << 30, 65_536, Overflow.DROP_NEWEST);

  /** What happens to a program's event when the log is full. */
  public enum Overflow {
    /** The new event is lost. */
    DROP_NEWEST,
    /** The oldest pending event is lost. */
    DROP_OLDEST,
    /** The program waits. */
    BLOCK
  }
}
