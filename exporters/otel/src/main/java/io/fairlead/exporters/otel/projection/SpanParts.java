package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/** The parts of a span that every projection shows alike. */
final class SpanParts {

  static final String ERROR_TYPE = "error.type";
  static final String SESSION_ID = "session.id";

  private SpanParts() {}

  static StatusData status(Outcome outcome) {
    String description = outcome.description();
    return switch (outcome.status()) {
      case ERROR -> StatusData.create(StatusCode.ERROR, description == null ? "" : description);
      case OK -> StatusData.ok();
      case UNSET -> StatusData.unset();
    };
  }

  static List<LinkData> links(ScopeEnd end) {
    return end.start().links().stream()
        .map(
            link ->
                LinkData.create(
                    SpanIds.target(link),
                    Attributes.of(
                        AttributeKey.stringKey(FairleadAttributes.RELATION), link.relation())))
        .toList();
  }

  /** The {@code exception} event of a failed scope whose exception is known. */
  static List<EventData> exception(Failure failure, long timeNanos) {
    return failure.exceptionType() == null
        ? List.of()
        : List.of(
            EventData.create(
                timeNanos,
                "exception",
                Attributes.of(AttributeKey.stringKey("exception.type"), failure.exceptionType())));
  }
}
