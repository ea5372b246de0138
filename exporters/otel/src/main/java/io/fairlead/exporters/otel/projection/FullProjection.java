package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything an event says, under NeMo Relay's attribute names; typed facts besides under {@code
 * fairlead.*}.
 */
final class FullProjection extends Projection {

  private final Shape shape;
  private final PayloadWriter payloads;
  private final Finishing finishing;
  private final MarkAttributes marks;

  FullProjection(ProjectionOptions options) {
    this.shape = options.shape();
    this.payloads = new PayloadWriter(shape);
    this.finishing = new Finishing(options);
    this.marks = new MarkAttributes(options, finishing);
  }

  @Override
  MarkForm form(Mark mark) {
    return marks.form(mark);
  }

  @Override
  @Nullable Json ofRoot(@Nullable Json metadata) {
    return finishing.ofRoot(metadata);
  }

  @Override
  SpanData scope(FinishedScope scope) {
    ScopeEnd end = scope.end();
    EventHeader header = end.header();
    AttributeSheet sheet = new AttributeSheet();
    identity(sheet, header, end.category().wireName());
    payloads.put(sheet, "nemo_relay.handle_attributes", RelayParts.flags(end));
    side(sheet, "nemo_relay.start.", "input", end.start().header());
    side(sheet, "nemo_relay.end.", "output", header);
    CallFacts call = CallFacts.of(end);
    if (call != null) {
      call(sheet, call);
    } else if (end.profile() instanceof ToolProfile tool) {
      sheet.text("nemo_relay.tool_call_id", tool.callId());
    }
    if (!shape.isFirst()) {
      sheet.text("nemo_relay.tool.result.annotation", RelayParts.annotation(end));
      sheet.text(SpanParts.ERROR_TYPE, scope.failure().errorType());
    }
    RelayParts.session(sheet, end, shape);
    FairleadAttributes.scope(sheet, end);
    return finishing.scope(
        scope, header.name(), RelayParts.kind(end.category()), sheet, marks.events(scope));
  }

  static void identity(AttributeSheet sheet, EventHeader header, String scopeType) {
    UUID parent = header.parentUuid();
    sheet.text("nemo_relay.uuid", header.uuid().toString());
    sheet.text("nemo_relay.parent_uuid", parent == null ? "" : parent.toString());
    sheet.text("nemo_relay.scope_type", scopeType);
  }

  private void side(AttributeSheet sheet, String prefix, String direction, EventHeader header) {
    payloads.payload(sheet, prefix, direction, header);
    payloads.put(sheet, prefix + "metadata", finishing.metadata(header.metadata()));
  }

  private void call(AttributeSheet sheet, CallFacts call) {
    sheet.text("nemo_relay.model_name", shape.isFirst() ? call.askedModel() : call.model());
    Cost cost = call.cost();
    if (cost != null) {
      sheet.number("nemo_relay.llm.cost.total", cost.amount().doubleValue());
      sheet.text("nemo_relay.llm.cost.currency", cost.currency());
    }
    LlmProfile typed = call.typed();
    FairleadAttributes.usage(sheet, typed == null ? null : typed.usage());
  }

  @Override
  SpanData mark(Mark mark, boolean orphan, @Nullable Json rootMetadata) {
    AttributeSheet sheet = new AttributeSheet();
    if (marks.isTool(mark)) {
      sheet.text("nemo_relay.scope_type", ScopeCategory.TOOL.wireName());
    }
    return marks.span(mark, orphan, sheet, rootMetadata);
  }

  @Override
  SpanData usage(UsageReported report) {
    AttributeSheet sheet = new AttributeSheet();
    identity(sheet, report.header(), ScopeCategory.CUSTOM.wireName());
    sheet.sessionId(SpanParts.SESSION_ID, report.header().origin().sessionId());
    FairleadAttributes.report(sheet, report);
    return finishing.moment(report.header(), "mark:usage", sheet, null);
  }
}
