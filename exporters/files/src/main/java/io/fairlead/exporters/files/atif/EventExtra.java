package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ToolProfile;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What calls and results say in {@code extra} of the event behind them. */
final class EventExtra {

  private EventExtra() {}

  static Members of(TrajectoryEvent event) {
    return new Members()
        .with("event_uuid", event.uuid().toString())
        .with("event_name", event.name())
        .with("parent_event_uuid", event.parent() == null ? null : event.parent().toString())
        .with("metadata", event.metadata());
  }

  /** The same for a result, with what came out where it is no content of its own. */
  static Members ofResult(TrajectoryEvent end) {
    return of(end)
        .with("tool_result", isContent(end.data()) ? null : end.data())
        .with("tool_result_annotation", end.annotation())
        .with("fairlead", facts(end));
  }

  private static boolean isContent(@Nullable Object data) {
    List<@Nullable Object> parts = JsonTree.list(data);
    return data instanceof String || (parts != null && ContentParts.isContent(parts));
  }

  private static @Nullable Members facts(TrajectoryEvent end) {
    if (!(end.facts() instanceof ToolProfile tool)) {
      return null;
    }
    Outcome outcome = end.outcome();
    Integer exitCode = tool.exitCode();
    Members facts = new Members();
    facts.put("result_known", tool.resultKnown());
    return facts
        .with("status", outcome.status().name().toLowerCase(Locale.ROOT))
        .with("error_type", outcome.errorType())
        .with("exit_code", exitCode == null ? null : NumberText.of(exitCode));
  }
}
