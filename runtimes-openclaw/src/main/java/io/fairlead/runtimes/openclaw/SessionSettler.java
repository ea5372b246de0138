package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.common.turns.Batch;
import io.fairlead.runtimes.openclaw.SessionBook.Pages;
import io.fairlead.runtimes.openclaw.SessionBook.Ref;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives what is settled in a session: turns in order, late lines, the session's end. */
final class SessionSettler {

  /** How long anything is held. */
  static final Duration HOLD = Duration.ofMinutes(5);

  private static final long HOLD_NANOS = HOLD.toNanos();

  /** An open turn with so many calls is given in parts. */
  private static final int MAX_HELD = 1000;

  private final ComponentContext context;
  private final Prices prices;
  private long from = Long.MIN_VALUE;

  SessionSettler(ComponentContext context, Prices prices) {
    this.context = context;
    this.prices = prices;
  }

  /** History before this moment is not given. */
  void from(long nanos) {
    from = nanos;
  }

  /** Looks at a session, gives what is settled, and tells the watch what is left. */
  void look(Ref ref, Watch watch, SessionBook book, Batch batch) throws SQLException, IOException {
    if (isHistory(ref)) {
      watch.looked(Set.of(), 0);
      return;
    }
    Pages pages = book.pages(ref);
    watch.sees(pages.transcript(), context.clock().instant());
    Look look = new Look(pages, new Family(book), batch);
    look.start();
    Set<Turn> left = new LinkedHashSet<>(look.late(watch));
    boolean late = !left.isEmpty();
    for (Turn turn : pages.turns()) {
      if (turn.firstNanos() < from || look.state.isSettled(turn)) {
        continue;
      }
      boolean inOrder = left.isEmpty();
      if (inOrder && isReady(turn, watch) && !look.waits(turn, book)) {
        look.settle(turn);
      } else {
        left.add(turn);
      }
    }
    if (!left.isEmpty() && !late) {
      look.part(left.iterator().next());
    }
    look.end();
    look.remember();
    int unsettled = look.unsettled(pages) + look.lateTurns;
    left.removeIf(turn -> !isComplete(turn) || isAwaitingStillness(turn));
    watch.looked(left, unsettled);
  }

  /** Whether OpenClaw changed nothing of a session since the moment history ends. */
  private boolean isHistory(Ref ref) throws SQLException {
    long updated = ref.agent().info(ref.sessionId()).updatedNanos();
    return updated != Row.NO_TIME && updated < from;
  }

  private boolean isReady(Turn turn, Watch watch) {
    if (!isComplete(turn)) {
      return false;
    }
    // The times of lines say nothing about a transcript that is still being written, or copied.
    return isAwaitingStillness(turn)
        ? !context.clock().instant().isBefore(watch.grew().plus(HOLD))
        : isIdle(turn) || watch.wasComplete(turn);
  }

  private boolean isAwaitingStillness(Turn turn) {
    return !turn.certain() && !context.readsEverything();
  }

  private boolean isComplete(Turn turn) {
    return switch (turn.ending()) {
      case ENDED, CUT -> true;
      case PERHAPS -> isIdle(turn);
      case OPEN -> false;
    };
  }

  /** Whether nothing was heard of a turn for as long as anything is held. */
  private boolean isIdle(Turn turn) {
    return now() - turn.endNanos() > HOLD_NANOS;
  }

  private long now() {
    return Math.multiplyExact(context.clock().millis(), 1_000_000L);
  }

  private final class Look {
    private final Pages pages;
    private final Family family;
    private final Batch batch;
    private final SessionEvents events;
    private final AgentState states;
    private final SessionState before;
    private final List<Event> given = new ArrayList<>();
    private SessionState state;
    private int lateTurns;

    Look(Pages pages, Family family, Batch batch) throws SQLException {
      this.pages = pages;
      this.family = family;
      this.batch = batch;
      this.events = events(pages, family);
      this.states = pages.ref().agent().state();
      this.before = states.session(batch, pages.ref().sessionId());
      this.state = before;
    }

    void start() {
      if (!state.started() && pages.transcript().startNanos() >= from) {
        given.add(events.started());
        state = state.withStarted();
      }
    }

    /**
     * Gives lines of turns that were given without them, once no more of them come.
     *
     * @return those turns, when it is too early
     */
    List<Turn> late(Watch watch) throws SQLException, IOException {
      List<Turn> turns = new ArrayList<>();
      boolean ready = true;
      for (Turn turn : pages.turns()) {
        if (turn.endNanos() > before.readNanos() && before.isSettled(turn)) {
          turns.add(turn);
          ready &= isReady(turn, watch);
        }
      }
      if (!ready) {
        lateTurns = turns.size();
        return turns;
      }
      for (Turn turn : turns) {
        given.addAll(events.late(turn, family.place(pages, turn), before.readNanos()));
      }
      if (!turns.isEmpty()) {
        read();
      }
      return List.of();
    }

    private void read() {
      List<Row> rows = pages.transcript().rows();
      state = state.withRead(rows.get(rows.size() - 1).timeNanos());
    }

    /**
     * A turn waits for the tool call it was asked for in, and for the first turns of those it
     * asked, so that its root goes last; for neither longer than anything is held.
     */
    boolean waits(Turn turn, SessionBook book) throws SQLException, IOException {
      if (isIdle(turn)) {
        return false;
      }
      if (family.mayStillBeSpawned(pages, turn)) {
        return true;
      }
      for (Turn.Tool tool : turn.tools()) {
        Ref child = book.find(tool.childKey());
        if (child != null && !child.equals(pages.ref()) && waitsFor(book.pages(child))) {
          return true;
        }
      }
      return false;
    }

    private boolean waitsFor(Pages child) {
      if (child.turns().isEmpty()) {
        return !context.readsEverything();
      }
      Turn first = child.turns().get(0);
      boolean isGiven =
          child.ref().agent().state().session(batch, child.ref().sessionId()).isSettled(first);
      boolean hopeless = context.readsEverything() && !isComplete(first);
      return !isGiven && !hopeless && first.firstNanos() >= from;
    }

    void settle(Turn turn) throws SQLException, IOException {
      given.addAll(events.turn(turn, family.place(pages, turn), state.partOf(turn)));
      state = state.withSettled(turn);
      read();
    }

    /** What is done of a turn that is open for long or is large goes before its end. */
    void part(Turn turn) throws SQLException, IOException {
      boolean held = now() - turn.firstNanos() > HOLD_NANOS || turn.calls().size() > MAX_HELD;
      // Lines of the last millisecond may not all be there yet.
      long until = turn.endNanos() - 1;
      if (isComplete(turn) || !held || until <= state.partOf(turn)) {
        return;
      }
      List<Event> part = events.part(turn, family.place(pages, turn), state.partOf(turn), until);
      if (!part.isEmpty()) {
        given.addAll(part);
        state = state.withPart(turn, until);
      }
    }

    /** A session that was put away is over. */
    void end() throws SQLException {
      long archived = pages.ref().agent().archivedNanos(pages.ref().sessionId());
      if (archived != Row.NO_TIME && archived >= from && !state.ended()) {
        given.add(events.ended(archived));
        state = state.withEnded();
      }
    }

    void remember() {
      SessionState after = state.withFileBytes(pages.transcript().fileBytes());
      batch.add(given);
      if (!after.equals(before)) {
        states.session(batch, pages.ref().sessionId(), after);
      }
    }

    int unsettled(Pages looked) {
      int count = 0;
      for (Turn turn : looked.turns()) {
        count += turn.firstNanos() >= from && !state.isSettled(turn) ? 1 : 0;
      }
      return count;
    }
  }

  private SessionEvents events(Pages pages, Family family) throws SQLException {
    Ref parent = family.parent(pages);
    return new SessionEvents(
        pages.transcript(),
        pages.ref().agent().id(),
        context.instance(),
        parent == null ? null : parent.sessionId(),
        prices);
  }

  /** Gives the end of a session whose place another one took at a moment. */
  void end(@Nullable Ref ref, long nanos, SessionBook book, Batch batch)
      throws SQLException, IOException {
    if (ref == null || nanos == Row.NO_TIME || nanos < from) {
      return;
    }
    AgentState states = ref.agent().state();
    SessionState state = states.session(batch, ref.sessionId());
    if (!state.ended()) {
      Pages pages = book.pages(ref);
      batch.add(List.of(events(pages, new Family(book)).ended(nanos)));
      states.session(batch, ref.sessionId(), state.withEnded());
    }
  }
}
