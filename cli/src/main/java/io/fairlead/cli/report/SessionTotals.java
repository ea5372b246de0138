package io.fairlead.cli.report;

import io.fairlead.spi.event.Origin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Numbers of one session, by day. Not thread-safe. */
public final class SessionTotals {

  private final SortedMap<LocalDate, Totals> days = new TreeMap<>();
  private final SessionKey key;
  private @Nullable String parentSessionId;
  private @Nullable Long recordedStart;
  private @Nullable Long firstTurnStart;
  private @Nullable Long firstActivity;
  private long lastActivity = Long.MIN_VALUE;
  private @Nullable Long end;

  SessionTotals(SessionKey key) {
    this.key = key;
  }

  SessionKey key() {
    return key;
  }

  /** Takes note of an event's origin and of the time it covers. */
  void see(Origin origin, long fromNanos, long toNanos) {
    if (parentSessionId == null) {
      parentSessionId = origin.parentSessionId();
    }
    if (origin.sessionStartNanos() != Origin.UNKNOWN_TIME) {
      recordedStart = earlier(recordedStart, origin.sessionStartNanos());
    }
    firstActivity = earlier(firstActivity, fromNanos);
    lastActivity = Math.max(lastActivity, toNanos);
  }

  void seeTurn(long startNanos) {
    firstTurnStart = earlier(firstTurnStart, startNanos);
  }

  void endedAt(long nanos) {
    end = end == null ? nanos : Math.max(end, nanos);
  }

  Totals day(LocalDate day) {
    return days.computeIfAbsent(day, d -> new Totals());
  }

  private static Long earlier(@Nullable Long known, long candidate) {
    return known == null ? candidate : Math.min(known, candidate);
  }

  /** The runtime. */
  public String runtime() {
    return key.runtime();
  }

  /** The agent, or null. */
  public @Nullable String agentId() {
    return key.agentId();
  }

  /** The session, or null for what belongs to none. */
  public @Nullable String sessionId() {
    return key.sessionId();
  }

  /** The session that spawned this one, or null. */
  public @Nullable String parentSessionId() {
    return parentSessionId;
  }

  /** When the runtime says it began, else when its first turn did; null when neither is known. */
  public @Nullable Long startNanos() {
    return recordedStart != null ? recordedStart : firstTurnStart;
  }

  /** When the runtime says it was over, or null. */
  public @Nullable Long endNanos() {
    return end;
  }

  /** What sessions are sorted by. */
  long orderNanos() {
    Long start = startNanos();
    if (start != null) {
      return start;
    }
    return firstActivity == null ? Long.MAX_VALUE : firstActivity;
  }

  /** The latest moment anything is known to have happened at. */
  public long lastActivityNanos() {
    return end == null ? lastActivity : Math.max(end, lastActivity);
  }

  /** The whole session. */
  public Totals totals() {
    Totals all = new Totals();
    days.values().forEach(all::add);
    return all;
  }

  /** Its days, in order, UTC. */
  public SortedMap<LocalDate, Totals> days() {
    return java.util.Collections.unmodifiableSortedMap(days);
  }

  void writeTo(DataOutput out) throws IOException {
    SessionCodec.text(out, key.runtime());
    SessionCodec.text(out, key.instance());
    SessionCodec.text(out, key.agentId());
    SessionCodec.text(out, key.sessionId());
    SessionCodec.text(out, parentSessionId);
    SessionCodec.time(out, recordedStart);
    SessionCodec.time(out, firstTurnStart);
    SessionCodec.time(out, firstActivity);
    out.writeLong(lastActivity);
    SessionCodec.time(out, end);
    out.writeInt(days.size());
    for (Map.Entry<LocalDate, Totals> day : days.entrySet()) {
      out.writeLong(day.getKey().toEpochDay());
      day.getValue().writeTo(out);
    }
  }

  static SessionTotals readFrom(DataInput in) throws IOException {
    SessionTotals session =
        new SessionTotals(
            new SessionKey(
                SessionCodec.name(in),
                SessionCodec.name(in),
                SessionCodec.text(in),
                SessionCodec.text(in)));
    session.parentSessionId = SessionCodec.text(in);
    session.recordedStart = SessionCodec.time(in);
    session.firstTurnStart = SessionCodec.time(in);
    session.firstActivity = SessionCodec.time(in);
    session.lastActivity = in.readLong();
    session.end = SessionCodec.time(in);
    for (int n = in.readInt(); n > 0; n--) {
      session.days.put(LocalDate.ofEpochDay(in.readLong()), Totals.readFrom(in));
    }
    return session;
  }
}
