package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a scope that has started and not ended.
 *
 * @param marks marks that wait for its end
 * @param below the first failure below it
 * @param metadata what of the metadata of its trace's root spans need
 */
record OpenScope(List<Mark> marks, Failure below, @Nullable Json metadata) {

  private static final long FIXED = 512;

  static final OpenScope NEW = new OpenScope(List.of(), Failure.NONE, null);

  OpenScope {
    marks = List.copyOf(marks);
  }

  OpenScope with(Mark mark) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(mark);
    return new OpenScope(more, below, metadata);
  }

  OpenScope with(Failure failure) {
    return new OpenScope(marks, below.orElse(failure), metadata);
  }

  /** Size of the marks that wait, in characters. */
  long size() {
    return marks.stream().mapToLong(OpenScope::size).sum();
  }

  /** About how much a mark takes, in characters. */
  static long size(Mark mark) {
    return FIXED + length(mark.header().data()) + length(mark.header().metadata());
  }

  private static int length(@Nullable Json json) {
    return json == null ? 0 : json.text().length();
  }
}
