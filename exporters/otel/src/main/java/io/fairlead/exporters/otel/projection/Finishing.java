package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeEnd;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every projection does alike with the attributes it has collected: the rest of a span. */
final class Finishing {

  private static final String UNSUPPORTED = "otel.metadata_promotion_value_unsupported.";
  private static final String TIME_OUT_OF_RANGE = "otel.time_out_of_range";

  private final ProjectionOptions options;
  private final Promotion promotion;
  private final ResourcePromotion toResource;

  Finishing(ProjectionOptions options) {
    this.options = options;
    Set<String> aliases = options.aliases().keySet();
    this.promotion = new Promotion(options.promoted(), aliases, UNSUPPORTED, options.remarks());
    this.toResource =
        new ResourcePromotion(options.identity(), options.promotedToResource(), options.remarks());
  }

  @Nullable Json ofRoot(@Nullable Json metadata) {
    return toResource.isEmpty() ? null : toResource.relevant(metadata);
  }

  /** Metadata as it is shown in full: without what is promoted. */
  @Nullable Json metadata(@Nullable Json metadata) {
    if (metadata == null
        || (promotion.isEmpty() && toResource.isEmpty())
        || !(JsonTree.sorted(metadata) instanceof JsonTree.Members members)) {
      return metadata;
    }
    promotion.withdraw(members);
    toResource.withdraw(members);
    return new Json(JsonTree.write(members));
  }

  /** The span of a finished scope. */
  SpanData scope(
      FinishedScope scope,
      String name,
      SpanKind kind,
      AttributeSheet sheet,
      List<EventData> events) {
    ScopeEnd end = scope.end();
    EventHeader header = end.header();
    sheet.copy(options.aliases());
    promotion.promote(sheet, end);
    return new SpanRecord(
        toResource.identity(scope.rootMetadata()),
        name,
        kind,
        SpanIds.own(header),
        SpanIds.parent(header),
        time(end.start().header()),
        time(header),
        SpanParts.status(end.outcome()),
        sheet.build(),
        events,
        SpanParts.links(end));
  }

  /** A span of no length. */
  SpanData moment(
      EventHeader header, String name, AttributeSheet sheet, @Nullable Json rootMetadata) {
    long time = time(header);
    return new SpanRecord(
        toResource.identity(rootMetadata),
        name,
        SpanKind.INTERNAL,
        SpanIds.own(header),
        SpanIds.parent(header),
        time,
        time,
        StatusData.unset(),
        momentAttributes(header, sheet),
        List.of(),
        List.of());
  }

  /** The attributes of something that happened at one moment. */
  Attributes momentAttributes(EventHeader header, AttributeSheet sheet) {
    sheet.copy(options.aliases());
    promotion.promote(sheet, header.metadata());
    return sheet.build();
  }

  /** OTLP has no time before 1970, and an event has none after 2262. */
  long time(EventHeader header) {
    long time = header.timeNanos();
    if (time < 0) {
      outOfRange("a time before 1970 is exported as the start of 1970");
      return 0;
    }
    if (time == Long.MAX_VALUE) {
      outOfRange("a time after 2262-04-11 is exported as that day");
    }
    return time;
  }

  private void outOfRange(String message) {
    options.remarks().report(Diagnostic.warning(TIME_OUT_OF_RANGE, null, message));
  }
}
