package io.fairlead.exporters.otel.delivery;

import io.fairlead.exporters.otel.Events;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.ProjectionOptions;
import io.fairlead.exporters.otel.projection.Projections;
import io.fairlead.exporters.otel.projection.Shape;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Spans to deliver. */
final class Spans {

  private Spans() {}

  static List<SpanData> of(int count) {
    return spans(count, 0);
  }

  /** Spans of some 120 kB each. */
  static List<SpanData> large(int count) {
    return spans(count, 60_000);
  }

  private static List<SpanData> spans(int count, int content) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EventHeader header = Events.child("span-" + i, "span-" + i, Events.T0);
      events.add(
          Events.end(
              content == 0 ? header : header.withData(Json.ofString("x".repeat(content))),
              ScopeCategory.FUNCTION,
              null,
              Outcome.UNSET,
              1_000));
    }
    return Projections.create(
            "full",
            new ProjectionOptions(
                new SpanIdentity(Resource.empty(), InstrumentationScopeInfo.create("test")),
                GenAiProfile.of("practice"),
                Set.of(),
                Map.of(),
                Shape.DEFAULT))
        .project(events);
  }
}
