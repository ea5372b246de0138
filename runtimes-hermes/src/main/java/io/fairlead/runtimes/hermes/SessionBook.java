package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.LogFact.TurnBegan;
import io.fairlead.runtimes.hermes.Rows.Message;
import io.fairlead.runtimes.hermes.Rows.Session;
import io.fairlead.runtimes.hermes.Rows.ToolResult;
import io.fairlead.runtimes.hermes.Rows.View;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions as they are during one poll; each is read once. */
final class SessionBook {

  private final @Nullable HermesStore store;
  private final @Nullable HomeLog log;
  private final Map<String, Pages> known = new HashMap<>();

  /**
   * @param store the store, or null when the log is all there is
   * @param log the log, or null when it is not read
   */
  SessionBook(@Nullable HermesStore store, @Nullable HomeLog log) {
    this.store = store;
    this.log = log;
  }

  /** A session and its turns in order. */
  record Pages(View view, List<Turn> turns) {
    Session session() {
      return view.session();
    }
  }

  /** The session, or null when neither source has it yet. */
  @Nullable Pages pages(String id) throws SQLException {
    Pages pages = known.get(id);
    if (pages == null) {
      List<LogFact> facts = log == null ? List.of() : log.of(id);
      View view = store != null ? store.view(id) : fromLog(id, facts);
      if (view == null) {
        return null;
      }
      pages =
          new Pages(view, TurnBuilder.turns(view.session(), view.messages(), facts, store == null));
      known.put(id, pages);
    }
    return pages;
  }

  /** Tells that the turns of a session up to one were given. */
  void given(Pages pages, long settledNanos) {
    if (store != null && settledNanos != Rows.NO_TIME) {
      store.given(pages.view(), settledNanos);
    }
  }

  /** The texts of the sessions, when they are passed on. */
  Contents contents(boolean captured) {
    return new Contents(captured ? store : null);
  }

  List<String> children(String id) throws SQLException {
    return store == null ? List.of() : store.children(id);
  }

  /** Without a store, the lines that take up turns stand for the user's rows. */
  private static @Nullable View fromLog(String id, List<LogFact> facts) {
    List<Message> messages = new ArrayList<>();
    for (LogFact fact : facts) {
      if (fact instanceof TurnBegan began) {
        messages.add(user(messages.size(), began));
      }
    }
    if (messages.isEmpty()) {
      return null;
    }
    Session session = new Session(id, Rows.NO_TIME, Rows.NO_TIME, null, null, null, null);
    return new View(session, messages, List.of());
  }

  private static Message user(long id, TurnBegan began) {
    byte[] text = began.text().getBytes(StandardCharsets.UTF_8);
    String key = HexFormat.of().formatHex(TextHashes.sha256().digest(text));
    return new Message(
        id,
        "user",
        began.timeNanos(),
        null,
        List.of(),
        null,
        null,
        ToolResult.NOTHING,
        // Lines of turns given before are let go, so an occurrence cannot be counted here.
        key + '@' + began.timeNanos(),
        false,
        false,
        false);
  }
}
