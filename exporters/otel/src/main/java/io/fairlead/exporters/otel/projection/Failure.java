package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a failed scope says about its failure, be it its own words or, where it has none, those of
 * the first failed scope below it.
 *
 * @param errorType class of the failure, or null when nothing failed
 * @param exceptionType the exception, or null
 */
record Failure(@Nullable String errorType, @Nullable String exceptionType) {

  /** Nothing failed. */
  static final Failure NONE = new Failure(null, null);

  /** The failure of a scope. */
  static Failure of(ScopeEnd end, Failure below) {
    if (!end.outcome().isError()) {
      return NONE;
    }
    Map<String, @Nullable Object> metadata = JsonTree.object(end.header().metadata());
    String own = end.outcome().errorType();
    boolean said = !Outcome.OTHER.equals(own) || JsonTree.text(metadata, "error.type") != null;
    String exception = JsonTree.text(metadata, "exception.type");
    return new Failure(
        said || below.errorType == null ? own : below.errorType,
        exception == null ? below.exceptionType : exception);
  }

  /** What is known below a scope after a further failure there. */
  Failure orElse(Failure later) {
    return new Failure(
        errorType == null ? later.errorType : errorType,
        exceptionType == null ? later.exceptionType : exceptionType);
  }
}
