package io.fairlead.runtimes.common.sqlite;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a runtime's store open, opens it again when it was replaced, and says what is wrong.
 *
 * @param <S> the runtime's queries
 */
public final class StoreAccess<S extends StoreAccess.Store> implements AutoCloseable {

  /** A store that is open. Each method is one short read. */
  public interface Store extends AutoCloseable {

    /** Whether the store must be opened again. */
    boolean isReplaced();

    /** Whether the tables are there; a store that is just being made has none yet. */
    boolean hasTables() throws SQLException;

    /** The version the runtime gives its schema. */
    int schemaVersion() throws SQLException;

    /** A number that changes whenever another program has changed the store. */
    long dataVersion() throws SQLException;

    @Override
    void close();
  }

  private static final Duration BUSY_TIMEOUT = Duration.ofMillis(250);
  private static final String UNREADABLE = "store_unreadable";
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;

  private final String runtime;
  private final Path file;
  private final int knownSchema;
  private final Function<ReadOnlyDatabase, S> queries;
  private final DiagnosticSink diagnostics;
  private final String instance;
  private final Set<String> reported = new HashSet<>();
  private @Nullable S store;
  private long version = -1;
  private boolean unreadable;

  /**
   * @param runtime area of the diagnostics' codes
   * @param file the store
   * @param knownSchema newest schema version whose meaning is known
   * @param queries wraps an open database
   * @param instance component the diagnostics name
   */
  public StoreAccess(
      String runtime,
      Path file,
      int knownSchema,
      Function<ReadOnlyDatabase, S> queries,
      DiagnosticSink diagnostics,
      String instance) {
    this.runtime = runtime;
    this.file = file;
    this.knownSchema = knownSchema;
    this.queries = queries;
    this.diagnostics = diagnostics;
    this.instance = instance;
  }

  /** Whether there is a store to read, or to complain about. */
  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * The store, ready to be read, or null when it cannot be read now.
   *
   * @param opened called after the store was opened anew
   */
  public @Nullable S ready(StoreOpened<S> opened) throws SQLException {
    S current = store;
    if (current != null && current.isReplaced()) {
      close();
      current = null;
    }
    if (current != null) {
      return current;
    }
    unreadable = false;
    if (!exists()) {
      return null;
    }
    if (!Files.isRegularFile(file)) {
      unreadable(
          "store_not_a_file",
          file + (Files.isDirectory(file) ? " is a directory" : " is no regular file"));
      return null;
    }
    try {
      current = queries.apply(ReadOnlyDatabase.open(file, BUSY_TIMEOUT));
    } catch (IOException e) {
      if (exists()) {
        unreadable(UNREADABLE, file + " cannot be read by this user");
      }
      return null;
    }
    store = current;
    if (!current.hasTables()) {
      close();
      return null;
    }
    int schema = current.schemaVersion();
    if (schema > knownSchema) {
      report(
          Level.INFO,
          "schema_newer",
          "the store has schema " + schema + ", known is " + knownSchema);
    }
    opened.with(current);
    return current;
  }

  /** Told that a store was opened. */
  @FunctionalInterface
  public interface StoreOpened<S> {
    void with(S store) throws SQLException;
  }

  /** Whether another program changed the store since the last call. */
  public boolean changed(S current) throws SQLException {
    long now = current.dataVersion();
    boolean changed = now != version;
    version = now;
    return changed;
  }

  /** Whether there is a store, but the latest attempt to read it failed. */
  public boolean isUnreadable() {
    return unreadable;
  }

  /** Whether what was read since {@link #ready} may be of two moments. */
  public boolean isStale() {
    S current = store;
    return current != null && current.isReplaced();
  }

  /** Reports why a read failed and lets the store be opened again. */
  public void failed(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    boolean locked = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    close();
    if (locked) {
      unreadable("store_locked", file + " is locked; it is tried again");
    } else {
      unreadable(UNREADABLE, file + " cannot be read (SQLite code " + code + ")");
    }
  }

  private void unreadable(String code, String message) {
    unreadable = true;
    report(Level.WARNING, code, message);
  }

  private void report(Level level, String code, String message) {
    if (reported.add(code)) {
      diagnostics.report(
          Diagnostic.warning(runtime + '.' + code, instance, message).withLevel(level));
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
