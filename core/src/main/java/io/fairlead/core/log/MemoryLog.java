package io.fairlead.core.log;

import io.fairlead.core.validation.KernelSettings.Overflow;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log without disk, bounded by a number of events.
 *
 * <p>A source that appends to a full log waits for the required readers; a program that {@linkplain
 * #offer offers} meets the overflow rule. Readers that are not required are moved forward instead,
 * and what they miss is counted. An event is let go as soon as every reader has read it: what a
 * reader has not acknowledged it holds itself. Without readers nothing is kept.
 *
 * <p>A reader that is closed without being forgotten leaves its place behind: events are kept for
 * it until a reader of that name is opened, or {@link #forgetOthers} is called.
 */
public final class MemoryLog implements EventLog {

  /** Code of the finding that events were lost for want of room. */
  public static final String EVENTS_DROPPED = "fairlead.events_dropped";

  private static final Diagnostic DROPPED =
      Diagnostic.warning(
              EVENTS_DROPPED, null, "Events were dropped because the queue in memory was full.")
          .withHint(
              "Raise queue_capacity, choose overflow = \"block\", or look for a slow exporter.");

  /** Guards everything here and in the readers. */
  final ReentrantLock lock = new ReentrantLock();

  private final Condition room = lock.newCondition();
  private final int capacity;
  private final Overflow overflow;
  private final DiagnosticSink diagnostics;
  private final Map<String, MapState> sources = new ConcurrentHashMap<>();
  private final Map<String, MapState> subscribers = new ConcurrentHashMap<>();

  final EventRing events = new EventRing();
  private volatile MemoryReader[] readers = {};
  private long nextWake = Long.MAX_VALUE;
  private long lost;
  private volatile boolean closed;

  /**
   * An empty log.
   *
   * @param capacity most unread events, at least 1
   * @param overflow what an offered event meets when there is no room
   * @param diagnostics is told of losses
   */
  public MemoryLog(int capacity, Overflow overflow, DiagnosticSink diagnostics) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
    }
    this.capacity = capacity;
    this.overflow = overflow;
    this.diagnostics = diagnostics;
  }

  /** Whether anybody reads. When nobody does, events need not be made at all. */
  public boolean hasReaders() {
    return readers.length > 0;
  }

  /** Offered events that found no room and that no reader will see. */
  public long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a program's event under the overflow rule. Never throws; blocks only if the rule does.
   */
  public void offer(Event event) {
    if (readers.length == 0) {
      return;
    }
    boolean dropped = false;
    boolean wake = false;
    lock.lock();
    try {
      if (events.size() >= capacity && !makeRoom(1)) {
        dropped = true;
        if (overflow == Overflow.DROP_OLDEST) {
          evictOldest();
        } else if (overflow == Overflow.DROP_NEWEST || !awaitRoomQuietly()) {
          lost++;
          return;
        } else {
          dropped = false;
        }
      }
      events.add(event);
      wake = events.newest() >= nextWake;
    } finally {
      lock.unlock();
      if (dropped) {
        diagnostics.report(DROPPED);
      }
    }
    if (wake) {
      wakeReaders();
    }
  }

  @Override
  public void append(
      @Nullable String source, List<Event> added, Map<String, byte @Nullable []> state)
      throws LogException, InterruptedException {
    boolean wake = false;
    lock.lockInterruptibly();
    try {
      while (!closed && readers.length > 0 && !makeRoom(added.size())) {
        room.await();
      }
      if (closed) {
        throw new LogException("log.closed", "The log is closed.");
      }
      if (readers.length > 0) {
        for (Event event : added) {
          events.add(event);
        }
        wake = events.newest() >= nextWake;
      }
      if (source != null) {
        sourceValues(source).apply(state);
      }
    } finally {
      lock.unlock();
    }
    if (wake) {
      wakeReaders();
    }
  }

  @Override
  public LogReader open(String name, boolean required, Beginning beginning, Runnable wake) {
    lock.lock();
    try {
      MemoryReader left = reader(name);
      if (left != null && !left.hasEnded()) {
        throw new IllegalArgumentException("a reader named '" + name + "' is open");
      }
      if (beginning == Beginning.FRESH) {
        subscribers.remove(name);
      }
      long first = beginning == Beginning.OLDEST ? events.oldest() : events.newest() + 1;
      MapState state = subscribers.computeIfAbsent(name, key -> new MapState());
      MemoryReader reader = new MemoryReader(this, name, required, first, state, wake);
      if (left != null && beginning != Beginning.FRESH) {
        reader.takeOver(left);
      }
      replace(left, reader);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable MemoryReader reader(String name) {
    for (MemoryReader reader : readers) {
      if (reader.name().equals(name)) {
        return reader;
      }
    }
    return null;
  }

  /** Takes one reader out and puts another in; null: none. Called under the lock. */
  private void replace(@Nullable MemoryReader out, @Nullable MemoryReader in) {
    List<MemoryReader> all = new ArrayList<>(List.of(readers));
    all.remove(out);
    if (in != null) {
      all.add(in);
    }
    readers = all.toArray(MemoryReader[]::new);
    release();
    room.signalAll();
  }

  @Override
  public void forgetOthers() {
    lock.lock();
    try {
      for (MemoryReader reader : readers) {
        if (reader.hasEnded()) {
          replace(reader, null);
        }
      }
      List<String> open = List.of(readers).stream().map(MemoryReader::name).toList();
      subscribers.keySet().retainAll(open);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SourceState sourceState(String source) {
    return sourceValues(source);
  }

  private MapState sourceValues(String source) {
    return sources.computeIfAbsent(source, key -> new MapState());
  }

  @Override
  public long newest() {
    lock.lock();
    try {
      return events.newest();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      readers = new MemoryReader[0];
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether there is room for so many events, after what readers that are not required still want
   * was given up as far as needed. An append larger than the whole log fits an empty one.
   */
  private boolean makeRoom(int count) {
    if (hasRoom(count)) {
      return true;
    }
    long held = events.newest() + 1;
    for (MemoryReader reader : readers) {
      if (reader.isRequired()) {
        held = Math.min(held, reader.next());
      }
    }
    while (events.oldest() < held && !hasRoom(count)) {
      evictOldest();
    }
    return hasRoom(count);
  }

  private boolean hasRoom(int count) {
    return events.size() == 0 || events.size() + (long) count <= capacity;
  }

  private void evictOldest() {
    events.removeBelow(events.oldest() + 1);
    for (MemoryReader reader : readers) {
      if (reader.next() < events.oldest()) {
        reader.skip();
      }
    }
  }

  private boolean awaitRoomQuietly() {
    try {
      while (!closed && readers.length > 0 && !makeRoom(1)) {
        room.await();
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lets go of what every reader has read. Called under the lock. */
  void release() {
    long needed = events.newest() + 1;
    for (MemoryReader reader : readers) {
      needed = Math.min(needed, reader.next());
    }
    if (needed > events.oldest()) {
      events.removeBelow(needed);
      room.signalAll();
    }
  }

  /** A reader wants to hear of an event. Called under the lock. */
  void wakeAt(long number) {
    nextWake = Math.min(nextWake, number);
  }

  /** Whether no other reader has taken a reader's place. Called under the lock. */
  boolean has(MemoryReader reader) {
    return reader(reader.name()) == reader;
  }

  /** A reader has ended. Called under the lock. */
  void ended(MemoryReader reader, boolean forget) {
    if (forget || closed) {
      replace(reader, null);
    }
    if (forget) {
      subscribers.remove(reader.name());
    }
  }

  private void wakeReaders() {
    List<Runnable> due = new ArrayList<>();
    lock.lock();
    try {
      nextWake = Long.MAX_VALUE;
      for (MemoryReader reader : readers) {
        Runnable wake = reader.wakeDue();
        if (wake != null) {
          due.add(wake);
        }
        nextWake = Math.min(nextWake, reader.wakeAt());
      }
    } finally {
      lock.unlock();
    }
    due.forEach(Runnable::run);
  }
}
