package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.common.sqlite.StoreAccess;
import io.fairlead.runtimes.common.turns.Batch;
import io.fairlead.runtimes.openclaw.AgentStore.Page;
import io.fairlead.runtimes.openclaw.AgentStore.Place;
import io.fairlead.runtimes.openclaw.AgentStore.Times;
import io.fairlead.runtimes.openclaw.AgentStore.Updates;
import io.fairlead.runtimes.openclaw.OpenClawHome.Agent;
import io.fairlead.spi.ComponentContext;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one agent: its store, its transcript files, and which sessions changed in them. */
final class AgentReader implements AutoCloseable {

  private static final int ROWS_PER_PAGE = 1000;

  private final Agent agent;
  private final AgentState state;
  private final StoreAccess<AgentStore> access;
  private final TranscriptFiles files;
  private final SessionIndex index;
  private final Transcripts transcripts;
  private final Deque<TranscriptFiles.Changed> changedFiles = new ArrayDeque<>();
  private @Nullable AgentStore store;
  private boolean backlog;

  AgentReader(OpenClawHome home, Agent agent, OpenClawSettings settings, ComponentContext context) {
    this.agent = agent;
    this.state = new AgentState(home.profile(), agent.id());
    this.access =
        new StoreAccess<>(
            OpenClawAdapter.RUNTIME,
            agent.store(),
            AgentStore.KNOWN_SCHEMA,
            AgentStore::new,
            context.diagnostics(),
            context.instance());
    this.files = new TranscriptFiles(agent.transcripts(), context.clock());
    this.index = new SessionIndex(agent.transcripts().resolve("sessions.json"));
    this.transcripts = new Transcripts(agent, files, settings.captureContent());
  }

  String id() {
    return agent.id();
  }

  AgentState state() {
    return state;
  }

  /** Whether there is more to read right now. */
  boolean backlog() {
    return backlog || !changedFiles.isEmpty();
  }

  /**
   * Opens what is there.
   *
   * @param skipHistory whether a store that was never opened is read from its end
   * @return whether the agent can be read now; a store that is locked would be missed in its turns
   */
  boolean open(Batch batch, boolean skipHistory) {
    try {
      store = access.ready(opened -> opened(opened, batch, skipHistory));
      return store != null || !access.exists();
    } catch (SQLException e) {
      failed(e);
      return false;
    }
  }

  /** Whether the agent's store is there and cannot be read. */
  boolean isUnread() {
    return access.isUnreadable();
  }

  /** Whether what was read in this poll may be of two moments. */
  boolean isStale() {
    return access.isStale();
  }

  void failed(SQLException e) {
    store = null;
    transcripts.clear();
    access.failed(e);
  }

  private void opened(AgentStore opened, Batch batch, boolean skipHistory) throws SQLException {
    boolean first = state.rows(batch, Place.LIVE) == null;
    for (Place place : Place.values()) {
      Long seen = state.rows(batch, place);
      long last = opened.last(place);
      if (seen == null) {
        state.rows(batch, place, skipHistory ? last : 0);
      } else if (last < seen) {
        state.rows(batch, place, 0);
      }
    }
    for (Times times : Times.values()) {
      // At first every session is found by its rows.
      long seen = first ? Long.MAX_VALUE : state.times(batch, times);
      state.times(batch, times, Math.min(seen, opened.latest(times)));
    }
    transcripts.clear();
  }

  /** The sessions in which something changed, about as many as there is room for. */
  Set<String> changed(Batch batch, int room, long fromNanos) throws SQLException, IOException {
    Set<String> sessions = new LinkedHashSet<>();
    AgentStore opened = store;
    if (opened != null && (access.changed(opened) || backlog)) {
      Map<Times, Long> latest = new EnumMap<>(Times.class);
      for (Times times : Times.values()) {
        Updates updates = opened.since(times, state.times(batch, times));
        sessions.addAll(updates.sessions());
        latest.put(times, updates.latestMillis());
      }
      Map<Place, Long> reached = new EnumMap<>(Place.class);
      boolean all = true;
      for (Place place : Place.values()) {
        all &= readOn(opened, place, batch, sessions, room, reached);
      }
      // Only now, so that a failed query leaves everything to be found again.
      backlog = !all;
      latest.forEach((times, millis) -> state.times(batch, times, millis));
      reached.forEach((place, row) -> state.rows(batch, place, row));
    }
    changedFiles.addAll(files.changed());
    while (!changedFiles.isEmpty() && sessions.size() < room) {
      TranscriptFiles.Changed file = changedFiles.remove();
      if (isNew(file, batch, fromNanos)) {
        sessions.add(file.sessionId());
      }
    }
    return sessions;
  }

  /** Whether the end of the table was reached. */
  private boolean readOn(
      AgentStore opened,
      Place place,
      Batch batch,
      Set<String> sessions,
      int room,
      Map<Place, Long> reached)
      throws SQLException {
    Long seen = state.rows(batch, place);
    // Rows at the end were deleted: what is written now gets their ids again.
    long row = seen == null ? 0 : Math.min(seen, opened.last(place));
    boolean end = false;
    while (!end && sessions.size() < room) {
      Page page = opened.after(place, row, ROWS_PER_PAGE);
      sessions.addAll(page.sessions());
      row = page.last();
      end = page.rows() < ROWS_PER_PAGE;
    }
    reached.put(place, row);
    return end;
  }

  private boolean isNew(TranscriptFiles.Changed file, Batch batch, long fromNanos) {
    SessionState known = state.session(batch, file.sessionId());
    if (!known.equals(SessionState.NEW)) {
      return known.fileBytes() != file.stamp().size();
    }
    return RowReader.millis(file.stamp().modifiedMillis()) >= fromNanos;
  }

  /** Sessions of which the index of files says that another one took their place, and when. */
  Map<String, String> followed() {
    return index.refresh();
  }

  Transcript transcript(String sessionId) throws SQLException, IOException {
    return transcripts.of(sessionId, store, info(sessionId));
  }

  SessionInfo info(String sessionId) throws SQLException {
    SessionInfo info = store == null ? null : store.info(sessionId);
    if (info == null) {
      info = index.info(sessionId);
    }
    return info == null ? SessionInfo.UNKNOWN : info;
  }

  /** The session a key stands for now, or null. */
  @Nullable String sessionOf(String key) throws SQLException {
    String id = store == null ? null : store.sessionOf(key);
    return id != null ? id : index.sessionOf(key);
  }

  /** When a session was put away, or {@link Row#NO_TIME}. */
  long archivedNanos(String sessionId) throws SQLException {
    return store == null ? Row.NO_TIME : store.archivedNanos(sessionId);
  }

  @Override
  public void close() {
    store = null;
    transcripts.clear();
    access.close();
  }
}
