package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.SessionBook.Pages;
import io.fairlead.runtimes.hermes.SessionEvents.Spawner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the tool call that asked for a subagent's session. */
final class Spawns {

  /** How long after the tool's end a session it asked for may begin. */
  static final long SLACK_NANOS = Duration.ofSeconds(1).toNanos();

  private static final String DELEGATE = "delegate_task";

  private final String agent;
  private final String instance;

  Spawns(String agent, String instance) {
    this.agent = agent;
    this.instance = instance;
  }

  /** Where a session was asked for, or null when nobody knows. */
  @Nullable Spawner of(Pages child, SessionBook book) throws SQLException {
    String parentId = child.session().parent();
    Pages parent = parentId == null ? null : book.pages(parentId);
    if (parent == null) {
      return null;
    }
    long began = child.session().startedNanos();
    Turn asked = null;
    for (Turn turn : parent.turns()) {
      if (turn.userNanos() <= began) {
        asked = turn;
      }
    }
    if (asked == null) {
      return null;
    }
    SessionEvents events = new SessionEvents(parent.session(), agent, instance, new Contents(null));
    UUID root = events.turnId(asked);
    boolean first = asked.key().equals(parent.turns().get(0).key());
    Spawner above = first ? of(parent, book) : null;
    Turn.Tool tool = delegation(asked, began);
    return new Spawner(
        above != null ? above.traceRoot() : root, tool == null ? root : events.toolId(asked, tool));
  }

  private static Turn.@Nullable Tool delegation(Turn turn, long began) {
    Turn.Tool found = null;
    for (Turn.Tool tool : turn.tools()) {
      boolean inTime =
          tool.startNanos() <= began
              && (!tool.resultKnown() || began <= tool.endNanos() + SLACK_NANOS);
      if (tool.name().equals(DELEGATE) && inTime) {
        if (found != null) {
          return null;
        }
        found = tool;
      }
    }
    return found;
  }
}
