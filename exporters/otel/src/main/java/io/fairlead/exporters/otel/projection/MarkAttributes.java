package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Marks as events of spans and as spans, under NeMo Relay's names. */
final class MarkAttributes {

  /** Schema of marks that are measurements: metrics, not marks to look at. */
  private static final String MEASUREMENTS = "nemo.relay.metric_measurements";

  /** The mark that says who the session belongs to. */
  private static final String SESSION_START = "session.start";

  private static final Set<String> SESSION_MARKS = Set.of(Mark.SESSION_STARTED, Mark.SESSION_ENDED);

  private final Shape shape;
  private final PayloadWriter payloads;
  private final Finishing finishing;

  MarkAttributes(ProjectionOptions options, Finishing finishing) {
    this.shape = options.shape();
    this.payloads = new PayloadWriter(shape);
    this.finishing = finishing;
  }

  MarkForm form(Mark mark) {
    if (mark.header().dataSchema() != null
        && MEASUREMENTS.equals(mark.header().dataSchema().name())) {
      return MarkForm.HIDDEN;
    }
    if (isAboutSession(mark)) {
      return MarkForm.HIDDEN;
    }
    return isTool(mark) ? MarkForm.SPAN : MarkForm.EVENT;
  }

  /** Our adapters' marks of a session lie in no trace; a span would be a trace of its own. */
  private static boolean isAboutSession(Mark mark) {
    EventHeader header = mark.header();
    return header.parentUuid() == null
        && SESSION_MARKS.contains(header.name())
        && !RecordMembers.isForeign(mark);
  }

  boolean isTool(Mark mark) {
    if (!shape.marksAsTools() || shape.plainMarks().contains(mark.header().name())) {
      return false;
    }
    String hook = JsonTree.text(JsonTree.object(mark.header().metadata()), "hook_event_name");
    return hook == null || !shape.plainMarks().contains(hook);
  }

  /** The events of a span: its marks, then its exception. */
  List<EventData> events(FinishedScope scope) {
    List<EventData> events = new ArrayList<>();
    for (Mark mark : scope.marks()) {
      AttributeSheet sheet = new AttributeSheet();
      put(sheet, mark);
      EventHeader header = mark.header();
      events.add(
          EventData.create(
              finishing.time(header), header.name(), finishing.momentAttributes(header, sheet)));
    }
    if (!shape.isFirst()) {
      events.addAll(SpanParts.exception(scope.failure(), finishing.time(scope.end().header())));
    }
    return events;
  }

  /** A mark as a span, with the attributes a projection has added. */
  SpanData span(Mark mark, boolean orphan, AttributeSheet sheet, @Nullable Json root) {
    put(sheet, mark);
    if (isTool(mark)) {
      sheet.text("nemo_relay.mark.projection", "tool");
    }
    if (orphan) {
      sheet.flag("nemo_relay.mark.orphan", true);
    }
    RelayParts.ownSession(sheet, mark);
    FairleadAttributes.origin(sheet, mark);
    return finishing.moment(mark.header(), "mark:" + mark.header().name(), sheet, root);
  }

  private void put(AttributeSheet sheet, Mark mark) {
    EventHeader header = mark.header();
    UUID parent = header.parentUuid();
    sheet.text("nemo_relay.mark.uuid", header.uuid().toString());
    sheet.text("nemo_relay.mark.parent_uuid", parent == null ? "" : parent.toString());
    ScopeCategory category = mark.category();
    sheet.text("nemo_relay.mark.category", category == null ? null : category.wireName());
    if (shape.content()) {
      payloads.put(sheet, "nemo_relay.mark.data", header.data());
    }
    payloads.put(sheet, "nemo_relay.mark.metadata", finishing.metadata(header.metadata()));
    payloads.put(sheet, "nemo_relay.mark.category_profile", RecordMembers.categoryProfile(mark));
    if (header.name().equals(SESSION_START) && !shape.isFirst()) {
      session(sheet, mark, JsonTree.text(JsonTree.object(header.metadata()), "session_id"));
    }
  }

  /** Who a session belongs to. */
  static void session(AttributeSheet sheet, Event event, @Nullable String sessionId) {
    EventHeader header = event.header();
    Map<String, @Nullable Object> metadata = JsonTree.object(header.metadata());
    sheet.sessionId(SpanParts.SESSION_ID, sessionId);
    sheet.text("user.id", JsonTree.text(metadata, "user_id"));
    sheet.text("nemo_relay.agent.kind", JsonTree.text(metadata, "agent_kind"));
    UUID stated = RecordMembers.propagationRoot(event);
    sheet.text(
        "nemo_relay.session.instance_id",
        (stated == null ? header.traceRoot() : stated).toString());
  }
}
