package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.common.turns.Batch;
import io.fairlead.runtimes.openclaw.OpenClawHome.Agent;
import io.fairlead.runtimes.openclaw.SessionBook.Ref;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one home: finds the sessions in which something happened, looks at each of them until
 * nothing is left to give, and remembers how far it came.
 */
final class HomeReader implements AutoCloseable {

  private static final int MAX_ACTIVE = 400;
  private static final int LOOKS_AT_HISTORY = 4;

  /** How often a session with an open turn is looked at although nothing happened in it. */
  private static final Duration REST = Duration.ofMinutes(5);

  private final OpenClawHome home;
  private final OpenClawSettings settings;
  private final ComponentContext context;
  private final SourceState committed;
  private final Prices prices;
  private final SessionSettler settler;
  private final Map<String, AgentReader> agents = new LinkedHashMap<>();
  private Batch batch;
  private boolean restored;

  /** Whether this is the first look ever: a store is then not read from its beginning. */
  private boolean firstRun;

  private long from;

  /** Sessions to look at in this poll, with the memory of earlier looks. */
  private final Map<Ref, Watch> active = new LinkedHashMap<>();

  /** Sessions with open turns in which nothing happens, and when to look again. */
  private final Map<Ref, Resting> resting = new HashMap<>();

  private record Resting(Watch watch, Instant wake) {}

  HomeReader(
      OpenClawHome home,
      OpenClawSettings settings,
      ComponentContext context,
      SourceState committed) {
    this.home = home;
    this.settings = settings;
    this.context = context;
    this.committed = committed;
    this.prices = new Prices(home.configFile());
    this.settler = new SessionSettler(context, prices);
    this.batch = new Batch(committed);
  }

  int openTurns() {
    int count = 0;
    for (Resting session : resting.values()) {
      count += session.watch().unsettled();
    }
    for (Watch watch : active.values()) {
      count += watch.unsettled();
    }
    return count;
  }

  boolean hasAgents() {
    return !agents.isEmpty();
  }

  /** Whether something of the home is there and cannot be read. */
  boolean isUnread() {
    return agents.values().stream().anyMatch(AgentReader::isUnread);
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
    active.clear();
    resting.clear();
    restored = false;
    close();
  }

  private boolean read(SourceSink sink) throws IOException, InterruptedException {
    if (!restored) {
      restored = true;
      from = start();
      settler.from(from);
    }
    prices.refresh();
    Map<String, AgentReader> readable = open();
    SessionBook book = new SessionBook(readable);
    boolean more = false;
    for (AgentReader agent : readable.values()) {
      try {
        findWork(agent, book);
      } catch (SQLException e) {
        agent.failed(e);
        continue;
      }
      more |= agent.backlog();
    }
    wake();
    settle(sink, book);
    firstRun = false;
    if (isStale()) {
      forget();
      return true;
    }
    return more || (context.readsEverything() && !active.isEmpty());
  }

  private Map<String, AgentReader> open() throws IOException {
    for (Agent agent : home.agents()) {
      if (!agents.containsKey(agent.id())) {
        AgentReader reader = new AgentReader(home, agent, settings, context);
        agents.put(agent.id(), reader);
        reader.state().pending(committed).forEach(id -> watch(new Ref(reader, id)));
      }
    }
    Map<String, AgentReader> readable = new LinkedHashMap<>();
    boolean skipHistory = firstRun && settings.backfill() == null;
    agents.forEach(
        (id, agent) -> {
          if (agent.open(batch, skipHistory)) {
            readable.put(id, agent);
          }
        });
    return readable;
  }

  private long start() {
    String key = home.profile() + "/from";
    String known = batch.text(key);
    firstRun = known == null;
    if (known != null) {
      return Long.parseLong(known);
    }
    Duration backfill = settings.backfill();
    Instant begin = context.clock().instant();
    if (backfill != null) {
      begin = begin.minus(backfill);
    }
    long nanos =
        begin.isBefore(Instant.EPOCH) ? Long.MIN_VALUE + 1 : RowReader.millis(begin.toEpochMilli());
    batch.put(key, Long.toString(nanos));
    return nanos;
  }

  private void findWork(AgentReader agent, SessionBook book) throws SQLException, IOException {
    for (Map.Entry<String, String> next : agent.followed().entrySet()) {
      long began = agent.info(next.getValue()).createdNanos();
      settler.end(new Ref(agent, next.getKey()), began, book, batch);
    }
    int room = MAX_ACTIVE - active.size();
    if (room <= 0) {
      return;
    }
    for (String id : agent.changed(batch, room, from)) {
      agent.state().pending(batch, id, true);
      watch(new Ref(agent, id));
    }
  }

  private void watch(Ref session) {
    Resting rested = resting.remove(session);
    active.computeIfAbsent(session, id -> rested == null ? new Watch() : rested.watch());
  }

  private void wake() {
    if (context.readsEverything()) {
      return;
    }
    Instant now = context.clock().instant();
    List<Ref> due = new ArrayList<>();
    resting.forEach(
        (id, session) -> {
          if (!session.wake().isAfter(now)) {
            due.add(id);
          }
        });
    due.forEach(this::watch);
  }

  private void settle(SourceSink sink, SessionBook book) throws IOException, InterruptedException {
    List<Ref> spawners = new ArrayList<>();
    // Children first: a spawned agent's turn goes out before the turn that waits for it.
    for (Ref session : List.copyOf(active.keySet())) {
      if (isSpawned(session)) {
        settle(sink, session, book);
      } else {
        spawners.add(session);
      }
    }
    for (Ref session : spawners) {
      settle(sink, session, book);
    }
  }

  private static boolean isSpawned(Ref session) {
    try {
      return session.agent().info(session.sessionId()).parentKey() != null;
    } catch (SQLException e) {
      return false;
    }
  }

  private void settle(SourceSink sink, Ref session, SessionBook book)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Watch watch = active.get(session);
    if (watch == null || !book.isReadable(session)) {
      return;
    }
    try {
      settler.look(session, watch, book, batch);
      SessionInfo info = session.agent().info(session.sessionId());
      if (info.previousId() != null) {
        Ref previous = new Ref(session.agent(), info.previousId());
        settler.end(previous, info.createdNanos(), book, batch);
      }
    } catch (SQLException e) {
      session.agent().failed(e);
      book.forget(session.agent());
      return;
    }
    rest(session, watch);
    if (!isStale()) {
      batch.commitIfFull(sink);
    }
  }

  private boolean isStale() {
    return agents.values().stream().anyMatch(AgentReader::isStale);
  }

  private void rest(Ref session, Watch watch) {
    boolean givenUp = context.readsEverything() && watch.looks() >= LOOKS_AT_HISTORY;
    if (watch.waits() && !givenUp) {
      return;
    }
    active.remove(session);
    if (watch.unsettled() > 0) {
      Instant now = context.clock().instant();
      Instant still = watch.grew().plus(SessionSettler.HOLD);
      resting.put(session, new Resting(watch, still.isAfter(now) ? still : now.plus(REST)));
    } else {
      session.agent().state().pending(batch, session.sessionId(), false);
    }
  }

  @Override
  public void close() {
    agents.values().forEach(AgentReader::close);
    agents.clear();
  }
}
