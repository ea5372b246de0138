package io.fairlead.runtimes.atof;

import io.fairlead.runtimes.atof.endpoint.EndpointSettings;
import io.fairlead.runtimes.atof.endpoint.EndpointSource;
import io.fairlead.runtimes.atof.files.FilePaths;
import io.fairlead.runtimes.atof.files.FileSource;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Passes on the events of ATOF files and of an endpoint. */
final class AtofAdapter implements RuntimeAdapter {

  /** How long a poll waits for a client: as long as the adapter may take to stop. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Duration interval;
  private final @Nullable FileSource files;
  private final @Nullable EndpointSource endpoint;
  private long nextLook = System.nanoTime();

  AtofAdapter(ComponentContext context, AtofSettings settings) {
    this.interval = settings.pollInterval();
    this.files =
        settings.paths().isEmpty()
            ? null
            : new FileSource(
                context, new FilePaths(settings.paths()), settings.maxLine(), settings.backfill());
    EndpointSettings opened = settings.endpoint();
    this.endpoint = opened == null ? null : new EndpointSource(context, opened);
  }

  @Override
  public void start(SourceState state) throws Exception {
    if (files != null) {
      files.start(state);
    }
    if (endpoint != null) {
      endpoint.start(state);
    }
  }

  @Override
  public Poll poll(SourceSink sink) throws Exception {
    boolean more = false;
    if (files != null && (endpoint == null || System.nanoTime() - nextLook >= 0)) {
      more = files.poll(sink);
      nextLook = System.nanoTime() + interval.toNanos();
    }
    if (endpoint != null) {
      endpoint.poll(sink, more ? Duration.ZERO : shorter(interval, LONGEST_WAIT));
      if (more) {
        nextLook = System.nanoTime();
      }
    }
    int open = endpoint == null ? 0 : endpoint.openTurns();
    if (more) {
      return Poll.again(open);
    }
    // An endpoint has waited in the poll itself: its clients must not wait for a pause as well.
    Duration pause = endpoint == null ? interval : Duration.ZERO;
    return files != null && files.isUnread() ? Poll.unread(pause, open) : Poll.idle(pause, open);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
