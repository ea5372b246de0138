package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything an event says, under NeMo Relay's attribute names; typed facts besides under {@code
 * fairlead.*}.
 *
 * <p>A mark becomes an event of its scope's span when that scope ends in the same batch. Else the
 * span was sent already or is not known yet, and the mark becomes a span of no length of its own.
 */
final class FullProjection implements Projection {

  private static final Set<ScopeCategory> CLIENTS =
      EnumSet.of(
          ScopeCategory.LLM,
          ScopeCategory.TOOL,
          ScopeCategory.RETRIEVER,
          ScopeCategory.EMBEDDER,
          ScopeCategory.RERANKER);

  private final ProjectionOptions options;

  FullProjection(ProjectionOptions options) {
    this.options = options;
  }

  @Override
  public List<SpanData> project(List<Event> events) {
    Map<UUID, List<Mark>> marks = marksOfEndingScopes(events);
    List<SpanData> spans = new ArrayList<>(events.size());
    for (Event event : events) {
      if (event instanceof ScopeEnd end) {
        spans.add(scope(end, marks.getOrDefault(end.header().uuid(), List.of())));
      } else if (event instanceof Mark mark && !isAttached(mark, marks)) {
        spans.add(alone(mark));
      } else if (event instanceof UsageReported report) {
        spans.add(usage(report));
      }
    }
    return spans;
  }

  private Map<UUID, List<Mark>> marksOfEndingScopes(List<Event> events) {
    Set<UUID> ending = new HashSet<>();
    for (Event event : events) {
      if (event instanceof ScopeEnd end) {
        ending.add(end.header().uuid());
      }
    }
    Map<UUID, List<Mark>> marks = new HashMap<>();
    for (Event event : events) {
      UUID parent = event.header().parentUuid();
      if (event instanceof Mark mark
          && parent != null
          && ending.contains(parent)
          && !isTool(mark)) {
        marks.computeIfAbsent(parent, key -> new ArrayList<>()).add(mark);
      }
    }
    return marks;
  }

  private boolean isAttached(Mark mark, Map<UUID, List<Mark>> marks) {
    UUID parent = mark.header().parentUuid();
    return parent != null && marks.containsKey(parent) && !isTool(mark);
  }

  private boolean isTool(Mark mark) {
    Shape shape = options.shape();
    if (!shape.marksAsTools() || shape.plainMarks().contains(mark.header().name())) {
      return false;
    }
    String hook = JsonTree.text(JsonTree.object(mark.header().metadata()), "hook_event_name");
    return hook == null || !shape.plainMarks().contains(hook);
  }

  private SpanData scope(ScopeEnd end, List<Mark> marks) {
    EventHeader header = end.header();
    AttributeSheet sheet = new AttributeSheet();
    identity(sheet, header, end.category().wireName());
    sheet.text(
        "nemo_relay.handle_attributes",
        JsonTree.write(new ArrayList<Object>(end.start().attributes())));
    payload(sheet, "nemo_relay.start.", end.start().header(), "input");
    payload(sheet, "nemo_relay.end.", header, "output");
    profile(sheet, end);
    if (end.start().isTraceRoot()) {
      root(sheet, end);
    }
    sheet.text(SpanParts.ERROR_TYPE, end.outcome().errorType());
    FairleadAttributes.scope(sheet, end);
    return new SpanRecord(
        options.identity(),
        header.name(),
        CLIENTS.contains(end.category()) ? SpanKind.CLIENT : SpanKind.INTERNAL,
        SpanIds.own(header),
        SpanIds.parent(header),
        SpanIds.time(end.start().header().timeNanos()),
        SpanIds.time(header.timeNanos()),
        SpanParts.status(end.outcome()),
        sheet.build(options.aliases()),
        events(end, marks),
        SpanParts.links(end));
  }

  private static void identity(AttributeSheet sheet, EventHeader header, String scopeType) {
    UUID parent = header.parentUuid();
    sheet.text("nemo_relay.uuid", header.uuid().toString());
    sheet.text("nemo_relay.parent_uuid", parent == null ? "" : parent.toString());
    sheet.text("nemo_relay.scope_type", scopeType);
  }

  /** The payload goes out under both of the peer's names. */
  private void payload(AttributeSheet sheet, String prefix, EventHeader header, String direction) {
    if (options.shape().content()) {
      Flattener.flatten(sheet, header.data(), prefix + "data", prefix + direction);
    }
    Flattener.flatten(sheet, header.metadata(), prefix + "metadata");
  }

  private static void profile(AttributeSheet sheet, ScopeEnd end) {
    if (end.profile() instanceof LlmProfile llm) {
      sheet.text("nemo_relay.model_name", model(llm, end.header().data()));
      Cost cost = llm.cost();
      if (cost != null) {
        sheet.number("nemo_relay.llm.cost.total", cost.amount().doubleValue());
        sheet.text("nemo_relay.llm.cost.currency", cost.currency());
      }
      FairleadAttributes.usage(sheet, llm.usage());
    } else if (end.profile() instanceof ToolProfile tool) {
      sheet.text("nemo_relay.tool_call_id", tool.callId());
    }
  }

  /** The model that answered, if need be as the raw answer names it. */
  private static @Nullable String model(LlmProfile llm, @Nullable Json answer) {
    if (llm.responseModel() != null) {
      return llm.responseModel();
    }
    String answered = JsonTree.text(JsonTree.object(answer), "model");
    return answered != null ? answered : llm.requestModel();
  }

  private static void root(AttributeSheet sheet, ScopeEnd end) {
    Map<String, @Nullable Object> metadata = JsonTree.object(end.header().metadata());
    String session = end.header().origin().sessionId();
    sheet.sessionId(
        SpanParts.SESSION_ID, session != null ? session : JsonTree.text(metadata, "session_id"));
    sheet.text("user.id", JsonTree.text(metadata, "user_id"));
    sheet.text("nemo_relay.agent.kind", JsonTree.text(metadata, "agent_kind"));
    if (end.category() == ScopeCategory.AGENT) {
      sheet.text("nemo_relay.session.instance_id", end.header().uuid().toString());
    }
  }

  private List<EventData> events(ScopeEnd end, List<Mark> marks) {
    List<EventData> events = new ArrayList<>();
    for (Mark mark : marks) {
      AttributeSheet sheet = new AttributeSheet();
      mark(sheet, mark);
      events.add(
          EventData.create(
              SpanIds.time(mark.header().timeNanos()),
              mark.header().name(),
              sheet.build(Map.of())));
    }
    events.addAll(SpanParts.exception(end));
    return events;
  }

  private void mark(AttributeSheet sheet, Mark mark) {
    EventHeader header = mark.header();
    UUID parent = header.parentUuid();
    sheet.text("nemo_relay.mark.uuid", header.uuid().toString());
    sheet.text("nemo_relay.mark.parent_uuid", parent == null ? "" : parent.toString());
    ScopeCategory category = mark.category();
    sheet.text("nemo_relay.mark.category", category == null ? null : category.wireName());
    if (options.shape().content()) {
      Flattener.flatten(sheet, header.data(), "nemo_relay.mark.data");
    }
    Flattener.flatten(sheet, header.metadata(), "nemo_relay.mark.metadata");
  }

  private SpanData alone(Mark mark) {
    AttributeSheet sheet = new AttributeSheet();
    mark(sheet, mark);
    if (isTool(mark)) {
      sheet.text("nemo_relay.mark.projection", "tool");
      sheet.text("nemo_relay.scope_type", ScopeCategory.TOOL.wireName());
    } else {
      sheet.flag("nemo_relay.mark.orphan", true);
    }
    FairleadAttributes.origin(sheet, mark);
    return moment(mark.header(), "mark:" + mark.header().name(), sheet.build(options.aliases()));
  }

  private SpanData usage(UsageReported report) {
    AttributeSheet sheet = new AttributeSheet();
    identity(sheet, report.header(), ScopeCategory.CUSTOM.wireName());
    sheet.sessionId(SpanParts.SESSION_ID, report.header().origin().sessionId());
    FairleadAttributes.report(sheet, report);
    return moment(report.header(), "mark:usage", sheet.build(options.aliases()));
  }

  private SpanData moment(EventHeader header, String name, Attributes attributes) {
    return new SpanRecord(
        options.identity(),
        name,
        SpanKind.INTERNAL,
        SpanIds.own(header),
        SpanIds.parent(header),
        SpanIds.time(header.timeNanos()),
        SpanIds.time(header.timeNanos()),
        StatusData.unset(),
        attributes,
        List.of(),
        List.of());
  }
}
