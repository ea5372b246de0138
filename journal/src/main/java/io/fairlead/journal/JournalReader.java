package io.fairlead.journal;

import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.journal.JournalStore.Owner;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A place in the journal. Its fields are guarded by the journal's lock. */
final class JournalReader implements LogReader {

  private static final long MOST_BYTES_AT_ONCE = 8L << 20;

  private final Journal journal;
  private final ReentrantLock lock;
  private final String name;
  private final Runnable wake;
  private long next;
  private long acknowledged;
  private int inFlight;
  private long dropped;
  private long wakeAt = Long.MAX_VALUE;

  JournalReader(Journal journal, String name, long position, Runnable wake) {
    this.journal = journal;
    this.lock = journal.lock();
    this.name = name;
    this.next = position + 1;
    this.acknowledged = position;
    this.wake = wake;
  }

  String name() {
    return name;
  }

  long next() {
    return next;
  }

  long lastAcknowledged() {
    return acknowledged;
  }

  @Override
  public List<Event> read(int max) throws LogException {
    while (true) {
      List<JournalStore.Row> rows = journal.read(this, max, MOST_BYTES_AT_ONCE);
      List<Event> events = new ArrayList<>(rows.size());
      for (JournalStore.Row row : rows) {
        decodeInto(events, row);
      }
      if (!events.isEmpty() || rows.isEmpty()) {
        return events;
      }
      acknowledge(Map.of()); // nothing of it can be read, so it is over
    }
  }

  private void decodeInto(List<Event> events, JournalStore.Row row) {
    try {
      events.add(journal.decode(row.body()));
    } catch (RuntimeException e) {
      lock.lock();
      try {
        dropped++;
      } finally {
        lock.unlock();
      }
      journal
          .diagnostics()
          .report(
              Diagnostic.warning(
                  "journal.unreadable_event",
                  null,
                  "An event of the journal cannot be read and was skipped."));
    }
  }

  @Override
  public void acknowledge(Map<String, byte @Nullable []> state) throws LogException {
    long position;
    lock.lock();
    try {
      position = next - 1;
    } finally {
      lock.unlock();
    }
    journal.acknowledge(this, position, state);
  }

  @Override
  public SourceState state() {
    return new StoredState(journal, Owner.SUBSCRIBER, name);
  }

  @Override
  public boolean wakeWhen(int count) {
    lock.lock();
    try {
      long wanted = next + count - 1;
      boolean there = journal.newest() >= wanted;
      wakeAt = there ? Long.MAX_VALUE : wanted;
      return there;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long position() {
    lock.lock();
    try {
      return acknowledged;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long pending() {
    lock.lock();
    try {
      return journal.newest() - next + 1 + inFlight;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close(boolean forget) {
    journal.close(this, forget);
  }

  /** So many events are on their way. Called under the lock. */
  void taken(int count) {
    next += count;
    inFlight += count;
  }

  /** Everything up to a position is over. Called under the lock. */
  void acknowledged(long position) {
    acknowledged = position;
    inFlight = 0;
  }

  /** Whether the reader holds no batch and has not had an event. Called under the lock. */
  boolean isIdleBefore(long number) {
    return inFlight == 0 && next <= number;
  }

  /** Events before a number are gone. Says how many this reader has lost. Called under the lock. */
  long skipTo(long oldest) {
    long lost = Math.max(oldest - next, 0);
    if (lost > 0) {
      next = oldest;
      dropped += lost;
      if (inFlight == 0) {
        acknowledged = next - 1;
      }
    }
    return lost;
  }

  /** The wake-up when its wish has come true, once. Called under the lock. */
  @Nullable Runnable takeWake(long newest) {
    if (newest < wakeAt) {
      return null;
    }
    wakeAt = Long.MAX_VALUE;
    return wake;
  }
}
