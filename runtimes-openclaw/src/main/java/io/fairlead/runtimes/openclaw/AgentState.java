package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.common.turns.Batch;
import io.fairlead.runtimes.openclaw.AgentStore.Place;
import io.fairlead.runtimes.openclaw.AgentStore.Times;
import io.fairlead.spi.SourceState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The durable keys of one agent. */
final class AgentState {

  private static final byte[] MARK = new byte[0];

  private final String prefix;

  AgentState(String profile, String agent) {
    this.prefix = profile + '/' + agent + '/';
  }

  /** How far the rows of a table were seen, or null before the store was first opened. */
  @Nullable Long rows(Batch batch, Place place) {
    return number(batch, "rows/" + place.key());
  }

  void rows(Batch batch, Place place, long row) {
    batch.put(prefix + "rows/" + place.key(), Long.toString(row));
  }

  /** Time of the latest change that was seen, in milliseconds. */
  long times(Batch batch, Times times) {
    Long millis = number(batch, "times/" + times.key());
    return millis == null ? 0 : millis;
  }

  void times(Batch batch, Times times, long millis) {
    batch.put(prefix + "times/" + times.key(), Long.toString(millis));
  }

  SessionState session(Batch batch, String id) {
    return SessionState.decode(batch.get(prefix + "session/" + id));
  }

  void session(Batch batch, String id, SessionState state) {
    batch.put(prefix + "session/" + id, state.encode());
  }

  /** Remembers that a session has something not given yet. */
  void pending(Batch batch, String id, boolean pending) {
    batch.put(prefix + "pending/" + id, pending ? MARK : null);
  }

  /** The sessions that had something not given yet when the last run ended. */
  List<String> pending(SourceState state) {
    List<String> ids = new ArrayList<>();
    String start = prefix + "pending/";
    state.forEach(start, (key, value) -> ids.add(key.substring(start.length())));
    return ids;
  }

  private @Nullable Long number(Batch batch, String key) {
    String text = batch.text(prefix + key);
    return text == null ? null : Long.valueOf(text);
  }
}
