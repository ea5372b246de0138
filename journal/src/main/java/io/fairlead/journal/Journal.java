package io.fairlead.journal;

import io.fairlead.atof.EventCodec;
import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.journal.JournalStore.Owner;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log on disk. Every append and every acknowledgement is one transaction; none waits for the
 * disk itself. Bounded in bytes of events: what everybody has acknowledged goes as a matter of
 * course, and at the bound the oldest. So a reader that is not required can use room that nobody
 * else needs, but takes none from a required one, which is always ahead of what goes first.
 */
final class Journal implements EventLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final JournalDirectory directory;
  private final JournalStore store;
  private final EventCodec codec;
  private final DiagnosticSink diagnostics;
  private final Positions positions;
  private final long maxBytes;
  private long newest;
  private long oldest;
  private long bytes;
  private boolean closed;

  private Journal(
      JournalDirectory directory,
      JournalStore store,
      EventCodec codec,
      long maxBytes,
      DiagnosticSink diagnostics)
      throws SQLException {
    this.directory = directory;
    this.store = store;
    this.codec = codec;
    this.maxBytes = maxBytes;
    this.diagnostics = diagnostics;
    this.positions = new Positions(store.positions());
    this.newest = store.newest();
    long first = store.oldest();
    this.oldest = first == 0 ? newest + 1 : first;
    this.bytes = store.bytesUpTo(newest);
  }

  static Journal open(Path dataDir, EventCodec codec, long maxBytes, DiagnosticSink diagnostics)
      throws LogException {
    JournalDirectory directory = JournalDirectory.open(dataDir);
    JournalStore store = null;
    try {
      store = JournalStore.open(directory.database());
      return new Journal(directory, store, codec, maxBytes, diagnostics);
    } catch (LogException | SQLException e) {
      if (store != null) {
        store.close();
      }
      directory.close();
      throw e instanceof LogException log ? log : failed((SQLException) e, "journal.corrupt");
    }
  }

  @Override
  public LogReader open(String name, boolean required, Beginning beginning, Runnable wake)
      throws LogException {
    lock.lock();
    try {
      ensureOpen();
      Long known = beginning == Beginning.FRESH ? null : positions.position(name);
      long position = known != null ? known : beginning == Beginning.OLDEST ? oldest - 1 : newest;
      JournalReader reader = new JournalReader(this, name, position, wake);
      positions.ensureFree(name);
      if (known == null) {
        write(
            () -> {
              store.forget(name);
              store.setPosition(name, position);
            });
      }
      positions.open(reader);
      positions.put(name, position);
      reader.skipTo(oldest);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forgetOthers() throws LogException {
    lock.lock();
    try {
      ensureOpen();
      for (String name : positions.notOpen()) {
        write(() -> store.forget(name));
        positions.remove(name);
      }
      trim(1);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void append(
      @Nullable String source, List<Event> events, Map<String, byte @Nullable []> state)
      throws LogException {
    List<byte[]> bodies = new ArrayList<>(events.size());
    long size = 0;
    for (Event event : events) {
      byte[] body = codec.encode(event);
      bodies.add(body);
      size += body.length;
    }
    List<Runnable> due;
    lock.lock();
    try {
      ensureOpen();
      if (positions.isEmpty()) {
        bodies.clear(); // for nobody
        size = 0;
      }
      commit(source, bodies, size, state);
      due = positions.due(newest);
    } finally {
      lock.unlock();
    }
    due.forEach(Runnable::run);
  }

  private void commit(
      @Nullable String source, List<byte[]> bodies, long size, Map<String, byte @Nullable []> state)
      throws LogException {
    long freed = bytes + size > maxBytes ? lastToFree(size) : 0;
    long freedBytes = freed == 0 ? 0 : queryChecked(s -> s.bytesUpTo(freed));
    write(
        () -> {
          if (freed > 0) {
            store.deleteUpTo(freed);
            for (JournalReader reader : positions.idleBefore(freed)) {
              store.setPosition(reader.name(), freed);
            }
          }
          store.insertAll(newest + 1, bodies);
          if (source != null) {
            store.setState(Owner.SOURCE, source, state);
          }
        });
    newest += bodies.size();
    bytes += size - freedBytes;
    if (freed > 0) {
      oldest = freed + 1;
      reportForced(positions.force(oldest));
    }
  }

  /** Number up to which events must go to make room; they are there in any case. */
  private long lastToFree(long size) throws LogException {
    long excess = bytes + size - maxBytes;
    long needed = queryChecked(s -> s.lastToFree(excess));
    return Math.max(needed, Math.min(positions.acknowledgedByAll(newest), newest));
  }

  private void reportForced(long events) {
    if (events > 0) {
      diagnostics.report(
          Diagnostic.warning(
                  "journal.bound_reached",
                  null,
                  "The journal has reached its bound; the oldest events were given up for"
                      + " subscribers that had not read them.")
              .withHint("Raise journal_max_bytes, or look for an exporter that cannot deliver."));
    }
  }

  /** Called by a reader, with its new position. */
  void acknowledge(JournalReader reader, long position, Map<String, byte @Nullable []> state)
      throws LogException {
    lock.lock();
    try {
      ensureOpen();
      if (!positions.isOpen(reader)) {
        throw new LogException("journal.closed", "The reader is closed.");
      }
      write(
          () -> {
            store.setPosition(reader.name(), position);
            store.setState(Owner.SUBSCRIBER, reader.name(), state);
          });
      positions.put(reader.name(), position);
      reader.acknowledged(position);
      trim(Positions.TRIM_STEP);
    } finally {
      lock.unlock();
    }
  }

  /** Deletes what everybody has acknowledged once it is worth it. Called under the lock. */
  private void trim(long step) throws LogException {
    long last = positions.acknowledgedByAll(newest);
    if (last - oldest + 1 < step) {
      return;
    }
    long freed = queryChecked(s -> s.bytesUpTo(last));
    write(() -> store.deleteUpTo(last));
    oldest = last + 1;
    bytes -= freed;
  }

  /** Called by a reader at its end. */
  void close(JournalReader reader, boolean forget) {
    lock.lock();
    try {
      if (!positions.close(reader) || closed || !forget) {
        return;
      }
      positions.remove(reader.name());
      write(() -> store.forget(reader.name()));
      trim(1);
    } catch (LogException e) {
      diagnostics.report(Diagnostic.warning(e.code(), null, String.valueOf(e.getMessage())));
    } finally {
      lock.unlock();
    }
  }

  List<JournalStore.Row> read(JournalReader reader, int max, long maxBytesRead)
      throws LogException {
    lock.lock();
    try {
      ensureOpen();
      List<JournalStore.Row> rows = queryChecked(s -> s.read(reader.next(), max, maxBytesRead));
      reader.taken(rows.size());
      return rows;
    } finally {
      lock.unlock();
    }
  }

  Event decode(byte[] body) {
    return codec.decode(body);
  }

  DiagnosticSink diagnostics() {
    return diagnostics;
  }

  ReentrantLock lock() {
    return lock;
  }

  @Override
  public SourceState sourceState(String source) {
    return new StoredState(this, Owner.SOURCE, source);
  }

  @Override
  public long newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      try {
        trim(1);
      } catch (LogException e) {
        // What is not trimmed now is trimmed by the next run.
      }
      closed = true;
      store.close();
      directory.close();
    } finally {
      lock.unlock();
    }
  }

  /** A question to the store. */
  interface Query<T> {
    T ask(JournalStore store) throws SQLException;
  }

  /** Asks under the lock; a failure is unchecked, for interfaces that know none. */
  <T> T query(Query<T> query) {
    lock.lock();
    try {
      ensureOpen();
      return queryChecked(query);
    } catch (LogException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private <T> T queryChecked(Query<T> query) throws LogException {
    try {
      return query.ask(store);
    } catch (SQLException e) {
      throw failed(e, "journal.read_failed");
    }
  }

  private void write(JournalStore.Work work) throws LogException {
    try {
      store.transaction(work);
    } catch (SQLException e) {
      throw failed(e, "journal.write_failed");
    }
  }

  private static LogException failed(SQLException e, String code) {
    return new LogException(
        code,
        "The journal failed (" + JournalStore.reason(e) + "). What was not stored is tried again.",
        e);
  }

  private void ensureOpen() throws LogException {
    if (closed) {
      throw new LogException("journal.closed", "The journal is closed.");
    }
  }
}
