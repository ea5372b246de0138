package io.fairlead.core.log;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reader of a {@link MemoryLog}, whose lock guards it. Holds what it has read itself. */
final class MemoryReader implements LogReader {

  private final MemoryLog log;
  private final String name;
  private final boolean required;
  private final MapState state;
  private final Runnable wake;
  private final Deque<Event> leftBehind = new ArrayDeque<>();
  private final List<Event> inFlight = new ArrayList<>();
  private long next;
  private long acknowledged;
  private long dropped;
  private boolean ended;
  private long wakeAt = Long.MAX_VALUE;

  MemoryReader(
      MemoryLog log, String name, boolean required, long next, MapState state, Runnable wake) {
    this.log = log;
    this.name = name;
    this.required = required;
    this.next = next;
    this.acknowledged = next - 1;
    this.state = state;
    this.wake = wake;
  }

  String name() {
    return name;
  }

  boolean isRequired() {
    return required;
  }

  /** The first event it has not read. Called under the lock. */
  long next() {
    return next;
  }

  /** Whether it was closed. Called under the lock. */
  boolean hasEnded() {
    return ended;
  }

  /** The event it wants to hear of. Called under the lock. */
  long wakeAt() {
    return wakeAt;
  }

  /** What to run when the event is there, once; else null. Called under the lock. */
  @Nullable Runnable wakeDue() {
    if (wakeAt > log.events.newest()) {
      return null;
    }
    wakeAt = Long.MAX_VALUE;
    return wake;
  }

  /** Goes on where another reader has left. Called under the lock. */
  void takeOver(MemoryReader left) {
    next = left.next;
    acknowledged = left.acknowledged;
    leftBehind.addAll(left.inFlight);
    leftBehind.addAll(left.leftBehind);
  }

  /** The next event is gone. Called under the lock. */
  void skip() {
    next++;
    dropped++;
    if (inFlight.isEmpty() && leftBehind.isEmpty()) {
      acknowledged = next - 1;
    }
  }

  @Override
  public List<Event> read(int max) {
    log.lock.lock();
    try {
      if (ended) {
        return List.of();
      }
      List<Event> batch = new ArrayList<>();
      while (batch.size() < max && !leftBehind.isEmpty()) {
        batch.add(leftBehind.remove());
      }
      int count = (int) Math.min(max - batch.size(), log.events.newest() - next + 1);
      batch.addAll(log.events.copy(next, count));
      next += count;
      inFlight.addAll(batch);
      log.release();
      return batch;
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public void acknowledge(Map<String, byte @Nullable []> changes) throws LogException {
    log.lock.lock();
    try {
      if (ended) {
        throw new LogException("log.closed", "The reader is closed.");
      }
      inFlight.clear();
      acknowledged = next - 1 - leftBehind.size();
      state.apply(changes);
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public SourceState state() {
    return state;
  }

  @Override
  public boolean wakeWhen(int count) {
    log.lock.lock();
    try {
      long wanted = next + count - 1 - leftBehind.size();
      boolean there = log.events.newest() >= wanted;
      wakeAt = there ? Long.MAX_VALUE : wanted;
      log.wakeAt(wakeAt);
      return there;
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public long position() {
    log.lock.lock();
    try {
      return acknowledged;
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public long pending() {
    log.lock.lock();
    try {
      return log.events.newest() - next + 1 + inFlight.size() + leftBehind.size();
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public long dropped() {
    log.lock.lock();
    try {
      return dropped;
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public void close(boolean forget) {
    log.lock.lock();
    try {
      if (log.has(this)) { // else another has taken its place
        ended = true;
        wakeAt = Long.MAX_VALUE;
        log.ended(this, forget);
      }
    } finally {
      log.lock.unlock();
    }
  }
}
