package io.fairlead.cli.report;

import io.fairlead.spi.event.Origin;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a report. Those that events came for last are in memory; when there are more than
 * fit, the others are in a temporary file. Not thread-safe.
 */
final class Sessions implements AutoCloseable {

  /** Most sessions kept apart; what goes beyond is kept together. */
  private static final int MOST = 5_000_000;

  private static final SessionKey BEYOND = new SessionKey("other", "other", null, null);

  private static final Comparator<SessionTotals> ORDER =
      Comparator.comparingLong(SessionTotals::orderNanos)
          .thenComparing(SessionTotals::sessionId, Comparator.nullsLast(Comparator.naturalOrder()));

  private final int mostInMemory;
  private final Map<SessionKey, SessionTotals> latest = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable SessionRows others;
  private int count;

  /**
   * @param mostInMemory how many sessions are held in memory
   */
  Sessions(int mostInMemory) {
    this.mostInMemory = mostInMemory;
  }

  /** The session of an origin. */
  SessionTotals of(Origin origin) {
    SessionKey key = SessionKey.of(origin);
    SessionTotals session = known(key);
    if (session != null) {
      return session;
    }
    if (count >= MOST) {
      SessionTotals beyond = known(BEYOND);
      return beyond != null ? beyond : add(new SessionTotals(BEYOND));
    }
    return add(new SessionTotals(key));
  }

  private @Nullable SessionTotals known(SessionKey key) {
    SessionTotals session = latest.get(key);
    if (session == null && others != null) {
      session = others.find(key);
      if (session != null) {
        keep(session);
      }
    }
    return session;
  }

  private SessionTotals add(SessionTotals session) {
    count++;
    keep(session);
    return session;
  }

  private void keep(SessionTotals session) {
    if (latest.size() >= mostInMemory) {
      SessionTotals eldest = latest.values().iterator().next();
      rows().put(eldest);
      latest.remove(eldest.key());
    }
    latest.put(session.key(), session);
  }

  private SessionRows rows() {
    if (others == null) {
      others = SessionRows.open();
    }
    return others;
  }

  /** Gives those that have anything at or after a moment, in order. */
  void forEach(long sinceNanos, Consumer<SessionTotals> visitor) {
    if (others != null) {
      List.copyOf(latest.values()).forEach(others::put);
      others.forEach(sinceNanos, visitor);
      return;
    }
    latest.values().stream()
        .filter(session -> session.lastActivityNanos() >= sinceNanos)
        .sorted(ORDER)
        .forEach(visitor);
  }

  @Override
  public void close() {
    if (others != null) {
      others.close();
      others = null;
    }
  }
}
