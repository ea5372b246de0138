package io.fairlead.resources;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.EpochNanos;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.StableIds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Emits a metric mark at each tick. A run that reads everything there is gets none: use of the
 * machine can be watched, not read later.
 */
final class ResourceMetricsAdapter implements RuntimeAdapter {

  private static final String NAME = "nemo.relay.resource_metrics";
  private static final DataSchema SCHEMA = new DataSchema("nemo.relay.metric_measurements", "1");
  private static final String RUNTIME = "host";
  private static final String LAST = "last";
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration UNHEARD_PAUSE = Duration.ofSeconds(5);

  private final ComponentContext context;
  private final ResourceSettings settings;
  private final Supplier<Machine> machines;
  private final boolean idle;
  private @Nullable Sampler sampler;
  private boolean unavailable;
  private boolean missing;
  private @Nullable Instant last;

  /**
   * An adapter.
   *
   * @param machines makes the machine at the first measurement; it may find that it cannot
   */
  ResourceMetricsAdapter(
      ComponentContext context, ResourceSettings settings, Supplier<Machine> machines) {
    this.context = context;
    this.settings = settings;
    this.machines = machines;
    this.idle = context.readsEverything() || !settings.polling();
  }

  @Override
  public void start(SourceState state) {
    byte[] committed = state.get(LAST);
    last = committed == null ? null : Instant.ofEpochMilli(ByteBuffer.wrap(committed).getLong());
    if (context.readsEverything()) {
      return;
    }
    if (!settings.polling()) {
      report(
          "resource_metrics.polling_disabled",
          "Nothing is measured: polling is not enabled",
          "set polling.enabled = true");
    } else if (settings.gpuAsked()) {
      report(
          "resource_metrics.unavailable",
          "Graphics processors are not measured: nothing here can read them",
          "remove the table gpu, or set gpu.enabled = false");
    }
  }

  @Override
  public Poll poll(SourceSink sink) throws InterruptedException {
    Instant now = context.clock().instant();
    if (idle || unavailable) {
      return Poll.idle(LONGEST_PAUSE, 0);
    }
    if (context.kernel().subscribers().isEmpty()) {
      return Poll.idle(shorter(settings.interval(), UNHEARD_PAUSE), 0);
    }
    Duration wait = untilDue(now);
    if (wait.isZero()) {
      measure(now, sink);
      wait = settings.interval();
    }
    return Poll.idle(shorter(wait, LONGEST_PAUSE), 0);
  }

  /** A clock that was set back must not silence it. */
  private Duration untilDue(Instant now) {
    if (last == null || last.isAfter(now)) {
      return Duration.ZERO;
    }
    Duration since = Duration.between(last, now);
    return since.compareTo(settings.interval()) >= 0
        ? Duration.ZERO
        : settings.interval().minus(since);
  }

  private void measure(Instant now, SourceSink sink) throws InterruptedException {
    Sampler current = sampler();
    if (current == null) {
      return;
    }
    Sampler.Sample sample = current.sample(now.toEpochMilli());
    remark(sample.missing());
    byte[] moment = ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli()).array();
    sink.commit(List.of(mark(now, sample.data())), Map.of(LAST, moment));
    last = now;
  }

  private @Nullable Sampler sampler() {
    if (sampler == null) {
      try {
        sampler = new Sampler(machines.get(), settings);
      } catch (LinkageError | UnsupportedOperationException e) { // no native code for this machine
        unavailable = true;
        report(
            "resource_metrics.unavailable",
            "Nothing is measured: this system cannot be asked (" + e.getClass().getName() + ")",
            null);
      }
    }
    return sampler;
  }

  private void remark(boolean nowMissing) {
    if (nowMissing && !missing) {
      report(
          "resource_metrics.process_missing",
          "There is nothing to measure: " + settings.target().description() + " is not there",
          "it is looked for again at each measurement");
    }
    missing = nowMissing;
  }

  private void report(String code, String message, @Nullable String hint) {
    context
        .diagnostics()
        .report(Diagnostic.warning(code, context.instance(), message).withHint(hint));
  }

  private Event mark(Instant now, Json data) {
    long nanos = EpochNanos.of(now);
    UUID uuid = StableIds.uuid(RUNTIME, NAME, Long.toString(nanos), data.text());
    Origin origin =
        new Origin(RUNTIME, context.instance(), null, null, null, null, Origin.UNKNOWN_TIME);
    return new Mark(
        new EventHeader(uuid, null, uuid, nanos, NAME, origin, data, null, SCHEMA, null));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
