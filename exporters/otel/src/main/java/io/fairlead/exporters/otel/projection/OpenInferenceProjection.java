package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenInference conventions, which Phoenix and its like read, together with the {@code
 * nemo_relay.*} attributes that NeMo Relay sends beside them.
 *
 * <p>A cost is shown in US dollars only: the convention knows no other currency.
 */
final class OpenInferenceProjection extends Projection {

  private static final String KIND = "openinference.span.kind";
  private static final String CHAIN = "CHAIN";

  private static final Map<ScopeCategory, String> KINDS =
      Map.of(
          ScopeCategory.AGENT, "AGENT",
          ScopeCategory.LLM, "LLM",
          ScopeCategory.TOOL, "TOOL",
          ScopeCategory.RETRIEVER, "RETRIEVER",
          ScopeCategory.EMBEDDER, "EMBEDDING",
          ScopeCategory.RERANKER, "RERANKER",
          ScopeCategory.GUARDRAIL, "GUARDRAIL",
          ScopeCategory.EVALUATOR, "EVALUATOR");

  private final Shape shape;
  private final PayloadWriter payloads;
  private final Finishing finishing;
  private final MarkAttributes marks;
  private final OpenInferenceCalls calls;

  OpenInferenceProjection(ProjectionOptions options) {
    this.shape = options.shape();
    this.payloads = new PayloadWriter(shape);
    this.finishing = new Finishing(options);
    this.marks = new MarkAttributes(options, finishing);
    this.calls = new OpenInferenceCalls(shape);
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
    sheet.text(KIND, KINDS.getOrDefault(end.category(), CHAIN));
    FullProjection.identity(sheet, header, end.category().wireName());
    metadata(sheet, end);
    ends(sheet, header);
    if (shape.isFirst() && !end.start().attributes().isEmpty()) {
      payloads.put(sheet, "nemo_relay.handle_attributes", RelayParts.flags(end));
    }
    CallFacts call = CallFacts.of(end);
    if (call != null) {
      calls.put(sheet, call);
    } else {
      starts(sheet, end);
      if (end.category() == ScopeCategory.TOOL) {
        tool(sheet, end);
      }
      if (shape.content()) {
        input(sheet, end);
        output(sheet, header.data());
      }
    }
    RelayParts.session(sheet, end, shape);
    FairleadAttributes.scope(sheet, end);
    return finishing.scope(
        scope, header.name(), RelayParts.kind(end.category()), sheet, marks.events(scope));
  }

  private void metadata(AttributeSheet sheet, ScopeEnd end) {
    // A model call shows what it ended with: its start may know less, and wrongly so.
    boolean onlyEnd = end.category() == ScopeCategory.LLM;
    Json started = onlyEnd ? null : finishing.metadata(end.start().header().metadata());
    Json ended = finishing.metadata(end.header().metadata());
    Json shown = ended == null ? started : ended;
    if (shown != null) {
      sheet.text("metadata", JsonTree.write(JsonTree.sorted(shown)));
    }
    if (!shape.isFirst()) {
      payloads.put(sheet, "openinference.metadata", started);
      payloads.put(sheet, "openinference.metadata", ended);
    }
  }

  private void ends(AttributeSheet sheet, EventHeader header) {
    if (shape.isFirst()) {
      if (shape.content()) {
        payloads.put(sheet, "nemo_relay.end.output", header.data());
      }
    } else {
      payloads.payload(sheet, "nemo_relay.end.", "output", header);
    }
  }

  private void starts(AttributeSheet sheet, ScopeEnd end) {
    EventHeader start = end.start().header();
    if (shape.isFirst()) {
      if (shape.content()) {
        payloads.put(sheet, "nemo_relay.start.input", start.data());
      }
      return;
    }
    payloads.put(sheet, "nemo_relay.handle_attributes", RelayParts.flags(end));
    payloads.payload(sheet, "nemo_relay.start.", "input", start);
    sheet.text("nemo_relay.tool.result.annotation", RelayParts.annotation(end));
  }

  private void tool(AttributeSheet sheet, ScopeEnd end) {
    ToolProfile tool = end.profile() instanceof ToolProfile known ? known : null;
    String name = tool == null ? end.header().name() : tool.toolName();
    sheet.text("tool.name", name);
    sheet.text("tool_call.function.name", name);
    sheet.text("tool_call.id", tool == null ? null : tool.callId());
    Json arguments = end.start().header().data();
    if (shape.content() && arguments != null) {
      String written = JsonTree.write(JsonTree.sorted(arguments));
      sheet.text("tool.parameters", written);
      sheet.text("tool_call.function.arguments", written);
    }
  }

  /** Relay shows what went in as JSON, also where it is plain text. */
  private static void input(AttributeSheet sheet, ScopeEnd end) {
    Json payload = end.start().header().data();
    if (payload != null
        && !RecordMembers.isForeign(end)
        && JsonTree.sorted(payload) instanceof String text) {
      plain(sheet, "input", text);
    } else {
      json(sheet, "input", payload);
    }
  }

  private static void plain(AttributeSheet sheet, String side, String text) {
    sheet.text(side + ".value", text);
    sheet.text(side + ".mime_type", "text/plain");
  }

  private static void json(AttributeSheet sheet, String side, @Nullable Json payload) {
    if (payload != null) {
      sheet.text(side + ".value", JsonTree.write(JsonTree.sorted(payload)));
      sheet.text(side + ".mime_type", "application/json");
    }
  }

  private static void output(AttributeSheet sheet, @Nullable Json payload) {
    String text = payload == null ? null : DisplayText.of(JsonTree.sorted(payload));
    if (text == null) {
      json(sheet, "output", payload);
    } else {
      plain(sheet, "output", text);
    }
  }

  @Override
  SpanData mark(Mark mark, boolean orphan, @Nullable Json rootMetadata) {
    AttributeSheet sheet = new AttributeSheet();
    EventHeader header = mark.header();
    if (marks.isTool(mark)) {
      sheet.text(KIND, "TOOL");
      sheet.text("tool.name", header.name());
      sheet.text("tool_call.function.name", header.name());
      if (shape.content()) {
        json(sheet, "output", header.data());
      }
      if (header.metadata() != null) {
        Json rest = finishing.metadata(header.metadata());
        sheet.text("metadata", rest == null ? null : JsonTree.write(JsonTree.sorted(rest)));
      }
    } else {
      sheet.text(KIND, CHAIN);
    }
    return marks.span(mark, orphan, sheet, rootMetadata);
  }

  /** A sum is no call: nothing that adds up {@code llm.token_count.*} counts it. */
  @Override
  SpanData usage(UsageReported report) {
    AttributeSheet sheet = new AttributeSheet();
    sheet.text(KIND, CHAIN);
    FullProjection.identity(sheet, report.header(), ScopeCategory.CUSTOM.wireName());
    sheet.sessionId(SpanParts.SESSION_ID, report.header().origin().sessionId());
    FairleadAttributes.report(sheet, report);
    return finishing.moment(report.header(), "mark:usage", sheet, null);
  }
}
