package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the projections after NeMo Relay's model show alike. */
final class RelayParts {

  private static final Set<ScopeCategory> CLIENTS =
      EnumSet.of(
          ScopeCategory.LLM,
          ScopeCategory.TOOL,
          ScopeCategory.RETRIEVER,
          ScopeCategory.EMBEDDER,
          ScopeCategory.RERANKER);

  private RelayParts() {}

  static SpanKind kind(ScopeCategory category) {
    return CLIENTS.contains(category) ? SpanKind.CLIENT : SpanKind.INTERNAL;
  }

  static Json flags(ScopeEnd end) {
    return new Json(JsonTree.write(new ArrayList<Object>(end.start().attributes())));
  }

  /** What a tool said beside its result; its schema is the application's, so it is not spread. */
  static @Nullable String annotation(ScopeEnd end) {
    if (end.category() != ScopeCategory.TOOL) {
      return null;
    }
    Json profile = RecordMembers.categoryProfile(end);
    Object annotation = JsonTree.object(profile).get("tool_result_annotation");
    return annotation == null ? null : JsonTree.write(annotation);
  }

  /**
   * Who a span belongs to. Relay says it on the root of a trace alone; of our own events each span
   * names its session, for a trace may hold turns of several.
   */
  static void session(AttributeSheet sheet, ScopeEnd end, Shape shape) {
    ownSession(sheet, end);
    if (!shape.isFirst() && end.start().isTraceRoot()) {
      MarkAttributes.session(sheet, end, end.header().origin().sessionId());
    }
  }

  /** The session of an event of our own. */
  static void ownSession(AttributeSheet sheet, Event event) {
    if (!RecordMembers.isForeign(event)) {
      sheet.sessionId(SpanParts.SESSION_ID, event.header().origin().sessionId());
    }
  }
}
