package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.sqlite.ReadOnlyDatabase;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.diagnostic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a home's store open, opens it again when it was replaced, and says what is wrong. */
final class StoreAccess implements AutoCloseable {

  private static final Duration BUSY_TIMEOUT = Duration.ofMillis(250);
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;

  private final Path file;
  private final DiagnosticSink diagnostics;
  private final String instance;
  private final Set<String> reported = new HashSet<>();
  private @Nullable HermesStore store;
  private long version = -1;

  StoreAccess(Path file, DiagnosticSink diagnostics, String instance) {
    this.file = file;
    this.diagnostics = diagnostics;
    this.instance = instance;
  }

  /** Whether there is a store to read, or to complain about. */
  boolean exists() {
    return Files.exists(file);
  }

  /**
   * The store, ready to be read, or null when it cannot be read now.
   *
   * @param opened called after the store was opened anew
   */
  @Nullable HermesStore ready(StoreOpened opened) throws SQLException {
    HermesStore current = store;
    if (current != null && current.isReplaced()) {
      close();
      current = null;
    }
    if (current != null) {
      return current;
    }
    if (!exists()) {
      return null;
    }
    try {
      current = new HermesStore(ReadOnlyDatabase.open(file, BUSY_TIMEOUT));
    } catch (IOException e) {
      return null;
    }
    store = current;
    if (!current.hasTables()) {
      close();
      return null;
    }
    int schema = current.schemaVersion();
    if (schema > HermesStore.KNOWN_SCHEMA) {
      report(
          Level.INFO,
          "hermes.schema_newer",
          "the store has schema " + schema + ", known is " + HermesStore.KNOWN_SCHEMA);
    }
    opened.with(current);
    return current;
  }

  /** Told that a store was opened. */
  @FunctionalInterface
  interface StoreOpened {
    void with(HermesStore store) throws SQLException;
  }

  /** Whether another program changed the store since the last call. */
  boolean changed(HermesStore current) throws SQLException {
    long now = current.dataVersion();
    boolean changed = now != version;
    version = now;
    return changed;
  }

  /** Whether what was read since {@link #ready} may be of two moments. */
  boolean isStale() {
    HermesStore current = store;
    return current != null && current.isReplaced();
  }

  /** Reports why a read failed and lets the store be opened again. */
  void failed(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    boolean locked = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    close();
    if (locked) {
      report(Level.WARNING, "hermes.store_locked", file + " is locked; it is tried again");
    } else {
      report(
          Level.WARNING,
          "hermes.store_unreadable",
          file + " cannot be read (SQLite code " + code + ")");
    }
  }

  private void report(Level level, String code, String message) {
    if (reported.add(code)) {
      diagnostics.report(Diagnostic.warning(code, instance, message).withLevel(level));
    }
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
      store = null;
    }
    version = -1;
  }
}
