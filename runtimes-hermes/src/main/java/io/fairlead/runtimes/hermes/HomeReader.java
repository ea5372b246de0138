package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.sqlite.StoreAccess;
import io.fairlead.runtimes.common.turns.Batch;
import io.fairlead.runtimes.hermes.StoreChanges.Page;
import io.fairlead.runtimes.hermes.StoreChanges.Updates;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.EpochNanos;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one home: finds the sessions in which something happened, looks at each of them until
 * nothing is left to give, and remembers how far it came.
 */
final class HomeReader implements AutoCloseable {

  private static final int MESSAGES_PER_PAGE = 1000;
  private static final int USAGE_PER_PAGE = 200;
  private static final int MAX_ACTIVE = 400;
  private static final int LOOKS_AT_HISTORY = 4;

  /** How often a session with an open turn is looked at although nothing happened in it. */
  private static final Duration REST = Duration.ofMinutes(5);

  /** The same when parts of the turn are held back, which must go out in time. */
  private static final Duration SHORT_REST = Duration.ofSeconds(30);

  private static final Duration FULL_SCAN = Duration.ofMinutes(1);

  private final HermesHome home;
  private final HermesSettings settings;
  private final ComponentContext context;
  private final SourceState committed;
  private final HomeState state;
  private final StoreAccess<HermesStore> access;
  private final SessionSettler settler;
  private Batch batch;
  private HomeLog log;
  private boolean restored;
  private boolean backlog;
  private double newestUsage;
  private boolean scanOwed;
  private Instant nextFullScan = Instant.MIN;

  /** Sessions to look at in this poll, with the memory of earlier looks. */
  private final Map<String, Watch> active = new LinkedHashMap<>();

  /** Sessions with open turns in which nothing happens: how many turns, and when to look again. */
  private final Map<String, Resting> resting = new HashMap<>();

  private record Resting(int openTurns, Instant wake) {}

  HomeReader(
      HermesHome home, HermesSettings settings, ComponentContext context, SourceState committed) {
    this.home = home;
    this.settings = settings;
    this.context = context;
    this.committed = committed;
    this.state = new HomeState(home.agent());
    this.batch = new Batch(committed);
    this.log = new HomeLog(home.log(), settings.zone());
    this.access =
        new StoreAccess<>(
            SessionEvents.RUNTIME,
            home.store(),
            HermesStore.KNOWN_SCHEMA,
            HermesStore::new,
            context.diagnostics(),
            context.instance());
    this.settler = new SessionSettler(home.agent(), context, state, settings);
  }

  int openTurns() {
    int count = 0;
    for (Resting session : resting.values()) {
      count += session.openTurns();
    }
    for (Watch watch : active.values()) {
      count += watch.unsettled();
    }
    return count;
  }

  /** Whether the home's store is to be read and cannot be. */
  boolean isUnread() {
    return access.isUnreadable();
  }

  /** Reads what is new; whether there is more to read at once. */
  boolean poll(SourceSink sink) throws Exception {
    boolean done = false;
    try {
      boolean more = read(sink);
      batch.commit(sink);
      done = true;
      return more;
    } finally {
      if (!done) {
        forget();
      }
    }
  }

  /** After a failure only what is committed counts. */
  private void forget() {
    batch = new Batch(committed);
    log = new HomeLog(home.log(), settings.zone());
    active.clear();
    resting.clear();
    restored = false;
    nextFullScan = Instant.MIN;
    access.close();
  }

  private boolean read(SourceSink sink) throws IOException, InterruptedException {
    if (!restored) {
      restored = true;
      long from = start();
      settler.from(from);
      state.pending(committed).forEach(this::watch);
    }
    if (settings.log()) {
      log.poll().forEach(this::watch);
    }
    boolean logOnly = !settings.store() || !access.exists();
    try {
      HermesStore store = logOnly ? null : access.ready(this::opened);
      if (!logOnly && store == null) {
        return false;
      }
      if (store != null) {
        findWork(store);
      }
      wake();
      settle(sink, store);
      if (access.isStale()) {
        forget();
        return true;
      }
    } catch (SQLException e) {
      access.failed(e);
      return false;
    }
    return backlog || (context.readsEverything() && !active.isEmpty());
  }

  private long start() {
    Long known = state.from(batch);
    if (known != null) {
      return known;
    }
    Duration backfill = settings.backfill();
    Instant from = context.clock().instant();
    if (backfill != null) {
      from = from.minus(backfill);
    }
    long nanos = from.isBefore(Instant.EPOCH) ? Long.MIN_VALUE + 1 : EpochNanos.of(from);
    state.from(batch, nanos);
    return nanos;
  }

  /** A store that was opened: cursors that cannot be of this file begin anew. */
  private void opened(HermesStore store) throws SQLException {
    long last = store.changes().lastMessage();
    boolean first = batch.text(home.agent() + "/updates") == null;
    if (first) {
      state.updates(batch, store.changes().lastUsage());
      if (settings.backfill() == null) {
        state.messages(batch, last);
      }
    } else if (last < state.messages(batch)) {
      state.messages(batch, 0);
      state.usage(batch, 0);
    }
  }

  private void findWork(HermesStore store) throws SQLException {
    boolean scanDue = scanOwed && !context.clock().instant().isBefore(nextFullScan);
    if (!access.changed(store) && !backlog && !scanDue) {
      return;
    }
    backlog = false;
    findUsage(store);
    while (active.size() < MAX_ACTIVE) {
      Page page = store.changes().messagesAfter(state.messages(batch), MESSAGES_PER_PAGE);
      if (page.rows() == 0) {
        break;
      }
      pending(page.sessions());
      state.messages(batch, page.last());
      backlog |= page.rows() == MESSAGES_PER_PAGE;
    }
    while (active.size() < MAX_ACTIVE) {
      Page page = store.changes().usageAfter(state.usage(batch), USAGE_PER_PAGE);
      if (page.rows() == 0) {
        break;
      }
      pending(page.sessions());
      state.usage(batch, page.last());
      backlog |= page.rows() == USAGE_PER_PAGE;
    }
    backlog |= active.size() >= MAX_ACTIVE;
  }

  /**
   * Finds sessions whose sums grew. An update rarely comes without a message, which is found
   * anyway, and mostly to a young row; so only the newest rows are looked through at each change,
   * and all of a large table once in a while.
   */
  private void findUsage(HermesStore store) throws SQLException {
    Instant now = context.clock().instant();
    double since = state.updates(batch);
    if (store.changes().hasFewUsageRows() || !now.isBefore(nextFullScan)) {
      nextFullScan = now.plus(FULL_SCAN);
      scanOwed = false;
      Updates updates = store.changes().usageSince(since);
      newestUsage = updates.latest();
      if (updates.latest() > since) {
        pending(updates.sessions());
        state.updates(batch, updates.latest());
      }
    } else {
      scanOwed = true;
      Updates updates = store.changes().newestUsageSince(Math.max(since, newestUsage));
      if (updates.latest() > newestUsage) {
        newestUsage = updates.latest();
        pending(updates.sessions());
      }
    }
  }

  private void pending(Collection<String> sessions) {
    sessions.forEach(this::pending);
  }

  private void pending(String session) {
    state.pending(batch, session, true);
    watch(session);
  }

  private void watch(String session) {
    resting.remove(session);
    active.computeIfAbsent(session, id -> new Watch());
  }

  private void wake() {
    if (context.readsEverything()) {
      return;
    }
    Instant now = context.clock().instant();
    List<String> due = new ArrayList<>();
    resting.forEach(
        (id, session) -> {
          if (!session.wake().isAfter(now)) {
            due.add(id);
          }
        });
    due.forEach(this::watch);
  }

  private void settle(SourceSink sink, @Nullable HermesStore store)
      throws SQLException, InterruptedException {
    SessionBook book = new SessionBook(store, settings.log() ? log : null);
    List<String> parents = new ArrayList<>();
    // Children first: a subagent's turn goes out before the turn that waits for it.
    for (String id : List.copyOf(active.keySet())) {
      SessionBook.Pages pages = book.pages(id);
      if (pages != null && pages.session().parent() == null) {
        parents.add(id);
      } else {
        settle(sink, id, book);
      }
    }
    for (String id : parents) {
      settle(sink, id, book);
    }
  }

  private void settle(SourceSink sink, String id, SessionBook book)
      throws SQLException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Watch watch = active.get(id);
    if (watch == null) {
      return;
    }
    settler.look(id, watch, book, batch, log);
    boolean givenUp = context.readsEverything() && watch.looks() >= LOOKS_AT_HISTORY;
    if (!watch.waits() || givenUp) {
      active.remove(id);
      if (watch.unsettled() > 0) {
        Duration rest = watch.holds() ? SHORT_REST : REST;
        resting.put(id, new Resting(watch.unsettled(), context.clock().instant().plus(rest)));
      } else {
        state.pending(batch, id, false);
      }
    }
    if (!access.isStale()) {
      batch.commitIfFull(sink);
    }
  }

  @Override
  public void close() {
    access.close();
  }
}
