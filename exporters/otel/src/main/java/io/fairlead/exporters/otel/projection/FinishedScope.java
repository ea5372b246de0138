package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scope that ended, with what became known while it was open.
 *
 * @param end its end, which carries its start
 * @param marks the marks that happened in it and are shown on its span, in order
 * @param failure what is known about its failure
 * @param rootMetadata metadata of the start of its trace's root, if that was asked for and seen
 */
record FinishedScope(ScopeEnd end, List<Mark> marks, Failure failure, @Nullable Json rootMetadata) {

  FinishedScope {
    marks = List.copyOf(marks);
  }
}
