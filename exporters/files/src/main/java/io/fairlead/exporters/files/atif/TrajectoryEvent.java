package io.fairlead.exporters.files.atif;

import io.fairlead.atof.AtofTime;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeEvent;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a trajectory, both as typed facts and as the ATOF record it is shown as.
 *
 * @param event the event
 * @param record its ATOF record
 * @param phase start, end or mark
 * @param category category of a scope, empty for a mark
 * @param data its payload as a tree
 * @param metadata its metadata as a tree, without typed facts
 * @param facts typed facts somebody has stated, not what a plain record lets one guess; or null
 */
record TrajectoryEvent(
    Event event,
    Members record,
    Phase phase,
    String category,
    @Nullable Object data,
    @Nullable Object metadata,
    @Nullable Profile facts) {

  static final String AGENT = "agent";
  static final String LLM = "llm";
  static final String TOOL = "tool";

  private static final String ROLE = "nemo_relay_scope_role";
  private static final BigDecimal MILLIS = new BigDecimal(1_000);

  /** Which of a scope's two events it is, or neither. */
  enum Phase {
    START,
    END,
    MARK
  }

  /** The event of an ATOF record. */
  static TrajectoryEvent of(Event event, Members record) {
    boolean stated = JsonTree.at(record, "metadata", "fairlead") instanceof Members;
    Phase phase =
        event instanceof ScopeEvent
            ? event instanceof ScopeEnd ? Phase.END : Phase.START
            : Phase.MARK;
    EventHeader header = event.header();
    return new TrajectoryEvent(
        event,
        record,
        phase,
        event instanceof ScopeEvent scope ? scope.category().wireName() : "",
        record.get("data"),
        tree(header.metadata()),
        stated ? profile(event) : null);
  }

  private static @Nullable Object tree(@Nullable Json json) {
    return json == null ? null : JsonTree.sorted(json.text());
  }

  private static @Nullable Profile profile(Event event) {
    if (event instanceof ScopeEvent scope) {
      return scope.profile();
    }
    return event instanceof Mark mark ? mark.profile() : null;
  }

  UUID uuid() {
    return event.header().uuid();
  }

  @Nullable UUID parent() {
    return event.header().parentUuid();
  }

  String name() {
    return event.header().name();
  }

  long timeNanos() {
    return event.header().timeNanos();
  }

  String timestamp() {
    return AtofTime.format(timeNanos());
  }

  /** Seconds since the epoch, whole milliseconds, as a JSON number. */
  NumberText seconds() {
    long millis = Math.floorDiv(timeNanos(), 1_000_000L);
    return NumberText.of(new BigDecimal(millis).divide(MILLIS));
  }

  boolean is(Phase wanted, String wantedCategory) {
    return phase == wanted && category.equals(wantedCategory);
  }

  boolean isAgent() {
    return category.equals(AGENT);
  }

  /** What the scope is for its runtime: {@code session}, {@code turn}, {@code subagent}, … */
  @Nullable String role() {
    return JsonTree.text(metadata, ROLE);
  }

  @Nullable String modelName() {
    return JsonTree.text(record, "category_profile", "model_name");
  }

  @Nullable String toolCallId() {
    return JsonTree.text(record, "category_profile", "tool_call_id");
  }

  @Nullable Object annotation() {
    return phase == Phase.END
        ? JsonTree.at(record, "category_profile", "tool_result_annotation")
        : null;
  }

  /** The conversation, as its metadata or typed origin says. */
  @Nullable String sessionId() {
    String plain = JsonTree.text(metadata, "session_id");
    boolean typed = JsonTree.at(record, "metadata", "fairlead") != null;
    return plain == null && typed ? event.header().origin().sessionId() : plain;
  }

  /** How it ended, when somebody has stated it. */
  Outcome outcome() {
    return facts != null && event instanceof ScopeEnd end ? end.outcome() : Outcome.UNSET;
  }
}
