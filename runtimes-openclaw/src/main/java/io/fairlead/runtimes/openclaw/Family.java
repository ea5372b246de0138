package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.openclaw.SessionBook.Pages;
import io.fairlead.runtimes.openclaw.SessionBook.Ref;
import io.fairlead.runtimes.openclaw.SessionEvents.Place;
import io.fairlead.spi.event.ScopeLink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which turns belong under which: spawned agents under the tool call that asked for them. */
final class Family {

  private static final int MAX_DEPTH = 16;

  private final SessionBook book;

  Family(SessionBook book) {
    this.book = book;
  }

  /**
   * The scope another agent's session was asked for in.
   *
   * @param traceRoot root of its trace
   * @param scope the tool call, or the turn's root when that is not known
   * @param certain whether it is the tool call
   */
  private record Spawner(UUID traceRoot, UUID scope, boolean certain) {}

  /** The session that spawned a session, or null. */
  @Nullable Ref parent(Pages child) throws SQLException {
    String key = child.transcript().info().parentKey();
    Ref parent = book.find(key, began(child));
    return child.ref().equals(parent) ? null : parent;
  }

  private static long began(Pages session) {
    Transcript transcript = session.transcript();
    return transcript.startNanos() != Row.NO_TIME
        ? transcript.startNanos()
        : transcript.info().createdNanos();
  }

  /** Where a turn hangs. */
  Place place(Pages session, Turn turn) throws SQLException, IOException {
    return place(session, turn, 0);
  }

  private Place place(Pages session, Turn turn, int depth) throws SQLException, IOException {
    UUID own = SessionEvents.turnId(session.transcript(), turn);
    Spawner spawner = spawner(session, depth);
    if (spawner != null && isFirst(session, turn)) {
      return new Place(spawner.traceRoot(), spawner.scope(), List.of());
    }
    if (turn.sourceKey() != null) {
      ScopeLink announced = announced(turn, depth);
      return new Place(own, null, announced == null ? List.of() : List.of(announced));
    }
    return new Place(
        own,
        null,
        spawner == null
            ? List.of()
            : List.of(new ScopeLink(spawner.traceRoot(), spawner.scope(), "spawned_by")));
  }

  private static boolean isFirst(Pages session, Turn turn) {
    return turn.key().equals(session.turns().get(0).key());
  }

  /** Whether the place of a session's first turn can still become better known. */
  boolean mayStillBeSpawned(Pages child, Turn turn) throws SQLException, IOException {
    if (child.transcript().info().parentKey() == null || !isFirst(child, turn)) {
      return false;
    }
    Spawner spawner = spawner(child, 0);
    return spawner == null || !spawner.certain();
  }

  private @Nullable Spawner spawner(Pages child, int depth) throws SQLException, IOException {
    Ref parentRef = depth > MAX_DEPTH ? null : parent(child);
    if (parentRef == null) {
      return null;
    }
    Pages parent = book.pages(parentRef);
    String key = child.transcript().info().key();
    Turn latest = null;
    for (Turn turn : parent.turns()) {
      for (Turn.Tool tool : turn.tools()) {
        if (tool.childKey() != null && tool.childKey().equals(key)) {
          return new Spawner(
              place(parent, turn, depth + 1).traceRoot(),
              SessionEvents.toolId(parent.transcript(), turn, tool),
              true);
        }
      }
      if (turn.firstNanos() <= began(child)) {
        latest = turn;
      }
    }
    return latest == null
        ? null
        : new Spawner(
            place(parent, latest, depth + 1).traceRoot(),
            SessionEvents.turnId(parent.transcript(), latest),
            false);
  }

  /** The turn of a spawned agent whose end another turn was told of, or null. */
  private @Nullable ScopeLink announced(Turn turn, int depth) throws SQLException, IOException {
    Ref ref = depth > MAX_DEPTH ? null : book.find(turn.sourceKey(), turn.firstNanos());
    if (ref == null) {
      return null;
    }
    Pages source = book.pages(ref);
    Turn told = null;
    for (Turn candidate : source.turns()) {
      boolean before = candidate.firstNanos() <= turn.firstNanos();
      if (candidate.key().equals(turn.sourceRun()) || (told == null && before)) {
        told = candidate;
      }
    }
    return told == null
        ? null
        : new ScopeLink(
            place(source, told, depth + 1).traceRoot(),
            SessionEvents.turnId(source.transcript(), told),
            "announces");
  }
}
