package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.Batch;
import io.fairlead.runtimes.hermes.Ledger.Growth;
import io.fairlead.runtimes.hermes.SessionBook.Pages;
import io.fairlead.runtimes.hermes.SessionEvents.Spawner;
import io.fairlead.runtimes.hermes.Turn.Ending;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives what is settled in a session: turns in order, sums, auxiliary work, the session's end. */
final class SessionSettler {

  private static final long HOLD_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int HOLD_CHILDREN = 1000;
  private static final long SPAWN_SLACK_NANOS = Spawns.SLACK_NANOS;
  private static final long ZONE_SLACK_NANOS = Duration.ofMinutes(10).toNanos();

  private final String agent;
  private final ComponentContext context;
  private final HomeState state;
  private final boolean capture;
  private final Spawns spawns;
  private long from;
  private boolean zoneReported;

  SessionSettler(String agent, ComponentContext context, HomeState state, HermesSettings settings) {
    this.agent = agent;
    this.context = context;
    this.state = state;
    this.capture = settings.captureContent();
    this.spawns = new Spawns(agent, context.instance());
  }

  /** History before this moment is not given. */
  void from(long nanos) {
    from = nanos;
  }

  /** Looks at a session, gives what is settled, and tells the watch what is left. */
  void look(String id, Watch watch, SessionBook book, Batch batch, HomeLog log)
      throws SQLException {
    Pages pages = book.pages(id);
    if (pages == null) {
      watch.looked(List.of(), 0, false);
      return;
    }
    checkZone(pages, log.of(id));
    SessionState before = state.session(batch, id);
    book.given(pages, before.settledNanos());
    List<Turn> waiting = unsettled(pages, before);
    List<Turn> settling = new ArrayList<>();
    for (Turn turn : waiting) {
      if (!isComplete(turn) || !watch.wasComplete(turn) || waitsForChild(turn, id, book, batch)) {
        break;
      }
      settling.add(turn);
    }
    List<Turn> left = waiting.subList(settling.size(), waiting.size());
    List<String> complete = left.stream().filter(this::isComplete).map(Turn::key).toList();
    boolean count = complete.isEmpty() && left.stream().allMatch(this::isIdle);
    long ahead = settling.isEmpty() ? ahead(left, watch) : Rows.NO_TIME;
    give(new Piece(pages, before, settling, left, count, ahead), book, batch);
    if (!settling.isEmpty()) {
      log.settle(id, settling.get(settling.size() - 1).userNanos());
    } else if (waiting.isEmpty()) {
      log.settle(id, before.settledNanos());
    }
    boolean limited =
        complete.isEmpty() && !left.isEmpty() && isTooMuch(left.get(0), watch.pause());
    watch.looked(complete, left.size(), !complete.isEmpty() || limited);
  }

  /**
   * What is given at one look.
   *
   * @param before what was given so far
   * @param settling turns that are given whole, or what was not given ahead of them
   * @param left turns that are not given yet
   * @param count whether the sums are counted up to now
   * @param ahead what ended until then in the turn that goes on is given ahead of it; {@link
   *     Rows#NO_TIME}: nothing is
   */
  private record Piece(
      Pages pages,
      SessionState before,
      List<Turn> settling,
      List<Turn> left,
      boolean count,
      long ahead) {}

  /**
   * How much of a turn that goes on is given ahead of it, so that nothing finished is held longer
   * than the hold, or when much has come together. Only up to a pause of the turn, where nothing
   * that comes later can change what was before.
   */
  private long ahead(List<Turn> left, Watch watch) {
    if (context.readsEverything() || left.isEmpty() || isComplete(left.get(0))) {
      watch.held(Rows.NO_TIME, false);
      return Rows.NO_TIME;
    }
    Turn turn = left.get(0);
    long pause =
        isTooMuch(turn, watch.pause()) ? watch.pause() : turn.pauseUntil(nowNanos() - HOLD_NANOS);
    boolean something = pause != Rows.NO_TIME && children(turn.until(pause)) > 0;
    long latest = turn.pauseUntil(Long.MAX_VALUE);
    watch.held(latest, latest != pause && children(turn.until(latest)) > 0);
    return something ? pause : Rows.NO_TIME;
  }

  private static boolean isTooMuch(Turn turn, long pause) {
    return pause != Rows.NO_TIME && children(turn.until(pause)) > HOLD_CHILDREN;
  }

  private static int children(Turn turn) {
    return turn.calls().size() + turn.tools().size();
  }

  /** A line written before its session began, or after now, was read in the wrong zone. */
  private void checkZone(Pages pages, List<LogFact> facts) {
    if (zoneReported || facts.isEmpty() || pages.session().isFromLog()) {
      return;
    }
    long earliest = facts.get(0).timeNanos();
    long latest = facts.get(facts.size() - 1).timeNanos();
    if (earliest < pages.session().startedNanos() - ZONE_SLACK_NANOS
        || latest > nowNanos() + ZONE_SLACK_NANOS) {
      zoneReported = true;
      context
          .diagnostics()
          .report(
              Diagnostic.warning(
                      "hermes.log_zone",
                      context.instance(),
                      "the times in agent.log do not fit those of the store")
                  .atField("zone")
                  .withHint("set zone to the time zone Hermes runs in"));
    }
  }

  private List<Turn> unsettled(Pages pages, SessionState known) {
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : pages.turns()) {
      if (turn.userNanos() >= from && turn.userNanos() > known.settledNanos()) {
        boolean begun = turns.isEmpty() && known.hasAhead();
        turns.add(begun ? turn.after(known.aheadNanos()) : turn);
      }
    }
    return turns;
  }

  private boolean isComplete(Turn turn) {
    return switch (turn.ending()) {
      case ENDED, CUT -> true;
      case PERHAPS -> isIdle(turn);
      case OPEN -> false;
    };
  }

  private boolean isOver(Turn turn) {
    return turn.ending() != Ending.OPEN;
  }

  /** Whether nothing was heard of a turn for as long as anything is held. */
  private boolean isIdle(Turn turn) {
    return nowNanos() - turn.endNanos() > HOLD_NANOS;
  }

  private long nowNanos() {
    return Math.multiplyExact(context.clock().millis(), 1_000_000L);
  }

  /** A turn waits for the first turns of the sessions it spawned, so that its root goes last. */
  private boolean waitsForChild(Turn turn, String id, SessionBook book, Batch batch)
      throws SQLException {
    for (String child : book.children(id)) {
      Pages pages = book.pages(child);
      if (pages == null || pages.turns().isEmpty()) {
        continue;
      }
      Turn first = pages.turns().get(0);
      long began = pages.session().startedNanos();
      boolean spawnedHere =
          began >= turn.userNanos() && began <= turn.endNanos() + SPAWN_SLACK_NANOS;
      boolean given = state.session(batch, child).settledNanos() >= first.userNanos();
      boolean hopeless = !isComplete(first) && (isIdle(turn) || context.readsEverything());
      if (spawnedHere && !given && !hopeless && first.userNanos() >= from) {
        return true;
      }
    }
    return false;
  }

  private void give(Piece piece, SessionBook book, Batch batch) throws SQLException {
    Pages pages = piece.pages();
    SessionState before = piece.before();
    List<Turn> settling = piece.settling();
    List<Turn> left = piece.left();
    boolean count = piece.count();
    boolean hasAhead = piece.ahead() != Rows.NO_TIME;
    SessionEvents events = events(pages, book.contents(capture));
    Ledger ledger =
        Ledger.of(
            pages.view(),
            before,
            hasAhead ? List.of(left.get(0).until(piece.ahead())) : settling,
            hasAhead ? List.of(left.get(0).after(piece.ahead())) : left,
            count,
            from);
    if (ledger.restarted()) {
      context
          .diagnostics()
          .report(
              Diagnostic.warning(
                  "hermes.sums_restarted",
                  context.instance(),
                  "a usage sum of the store became smaller; it is counted anew"));
    }
    Spawner spawner = settling.isEmpty() && !hasAhead ? null : spawns.of(pages, book);
    boolean whole = before.whole() && !ledger.skipsHistory();
    boolean sums = whole && settling.size() == 1 && left.isEmpty() && count;
    List<Growth> main = ledger.growth().stream().filter(part -> part.row().isMain()).toList();
    List<Event> given = new ArrayList<>();
    boolean starts = !before.started() && startsInTime(pages);
    if (starts) {
      given.add(events.started());
    }
    for (Turn turn : settling) {
      boolean first = turn.key().equals(pages.turns().get(0).key());
      given.addAll(
          events.turn(
              turn, ledger, first, spawner, sums ? main : List.of(), sums && !before.hasAhead()));
    }
    if (hasAhead) {
      boolean first = left.get(0).key().equals(pages.turns().get(0).key());
      given.addAll(events.ahead(left.get(0).until(piece.ahead()), ledger, first, spawner));
    }
    for (Growth part : ledger.growth()) {
      if (!part.row().isMain()) {
        given.addAll(events.auxiliary(part));
      } else if (!sums) {
        given.add(events.report(part));
      }
    }
    boolean nowWhole =
        count
            ? left.isEmpty() && pages.turns().stream().allMatch(this::isOver)
            : whole && settling.isEmpty();
    SessionState after = before.withCounted(ledger.counted(), nowWhole);
    if (starts) {
      after = after.withStarted();
    }
    if (hasAhead) {
      after = after.withAhead(piece.ahead());
    }
    if (!settling.isEmpty()) {
      after = after.withSettled(settling.get(settling.size() - 1).userNanos());
    }
    boolean over = pages.session().hasEnded() && left.isEmpty();
    if (over && !before.ended() && pages.session().endedNanos() >= from) {
      given.add(events.ended());
      after = after.withEnded();
    }
    batch.add(given);
    if (!after.equals(before)) {
      state.session(batch, pages.session().id(), after);
    }
  }

  private boolean startsInTime(Pages pages) {
    return !pages.session().isFromLog() && pages.session().startedNanos() >= from;
  }

  private SessionEvents events(Pages pages, Contents contents) {
    return new SessionEvents(pages.session(), agent, context.instance(), contents);
  }
}
