package io.fairlead.journal;

import io.fairlead.atof.EventCodec;
import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLogProvider;
import io.fairlead.core.log.LogException;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.nio.file.Path;

/** Keeps logs in {@code journal.db} of their data directory. */
public final class JournalProvider implements EventLogProvider {

  /** Called by {@code ServiceLoader}. */
  public JournalProvider() {}

  @Override
  public EventLog open(Path directory, long maxBytes, DiagnosticSink diagnostics)
      throws LogException {
    return Journal.open(directory, new EventCodec(), maxBytes, diagnostics);
  }
}
