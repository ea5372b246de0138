package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.Batch;
import io.fairlead.spi.SourceState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The durable keys of one home. */
final class HomeState {

  private static final byte[] MARK = new byte[0];

  private final String prefix;

  HomeState(String agent) {
    this.prefix = agent + '/';
  }

  /** History before this moment is not given, or null at the first start. */
  @Nullable Long from(Batch batch) {
    String text = batch.text(prefix + "from");
    return text == null ? null : Long.valueOf(text);
  }

  void from(Batch batch, long nanos) {
    batch.put(prefix + "from", Long.toString(nanos));
  }

  /** How far messages were seen. */
  long messages(Batch batch) {
    return number(batch, "messages");
  }

  void messages(Batch batch, long id) {
    batch.put(prefix + "messages", Long.toString(id));
  }

  /** How far usage rows were seen. */
  long usage(Batch batch) {
    return number(batch, "usage");
  }

  void usage(Batch batch, long rowId) {
    batch.put(prefix + "usage", Long.toString(rowId));
  }

  /** Time of the latest update of usage that was seen, in seconds. */
  double updates(Batch batch) {
    String text = batch.text(prefix + "updates");
    return text == null ? 0 : Double.parseDouble(text);
  }

  void updates(Batch batch, double seconds) {
    batch.put(prefix + "updates", Double.toString(seconds));
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

  private long number(Batch batch, String key) {
    String text = batch.text(prefix + key);
    return text == null ? 0 : Long.parseLong(text);
  }
}
