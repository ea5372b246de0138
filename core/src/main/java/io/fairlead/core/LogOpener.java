package io.fairlead.core;

import io.fairlead.core.config.UserHome;
import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLogProvider;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.MemoryLog;
import io.fairlead.core.validation.KernelSettings;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Decides between memory and disk. */
final class LogOpener {

  private LogOpener() {}

  /**
   * The logs of a kernel.
   *
   * @param log what subscribers pull from
   * @param queue what programs emit into; the log itself when that is in memory
   */
  record Logs(EventLog log, MemoryLog queue) {}

  static Logs open(KernelSettings settings, KernelOptions options, DiagnosticSink diagnostics)
      throws LogException {
    MemoryLog queue = new MemoryLog(settings.queueCapacity(), settings.overflow(), diagnostics);
    Path directory = directory(settings, options);
    if (directory == null) {
      return new Logs(queue, queue);
    }
    EventLogProvider provider =
        ServiceLoader.load(EventLogProvider.class, EventLog.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new LogException(
                        "journal.unavailable",
                        "A data directory is set, but fairlead-journal is not on the class path."));
    return new Logs(provider.open(directory, settings.journalMaxBytes(), diagnostics), queue);
  }

  private static @Nullable Path directory(KernelSettings settings, KernelOptions options)
      throws LogException {
    String documents = settings.dataDir();
    if (!options.durable() || documents == null) {
      if (options.durable() && options.dataDir() == null) {
        throw new LogException("journal.no_directory", "There is no directory for the journal.");
      }
      return options.dataDir();
    }
    try {
      return UserHome.expand(documents, options.environment());
    } catch (InvalidPathException e) {
      throw new LogException("journal.no_directory", "data_dir is not a path.", e);
    }
  }
}
