package io.fairlead.core.log;

import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.nio.file.Path;

/** The service that knows how to keep a log on disk; found through {@code ServiceLoader}. */
public interface EventLogProvider {

  /**
   * Opens the log of a directory, making both when they are not there.
   *
   * @param directory belongs to the log alone while it is open
   * @param maxBytes most bytes of events to keep
   * @param diagnostics takes what happens to the log while it runs
   * @throws LogException when the directory is in use, unreadable, damaged or of a newer version
   */
  EventLog open(Path directory, long maxBytes, DiagnosticSink diagnostics) throws LogException;
}
