package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.RootResources;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The resources that metrics are counted under: the configured one, and as many more as there are
 * different ones among the traces, up to a bound. Events come from one thread; {@link #all()} may
 * be asked for by any.
 */
final class MetricResources {

  /** Most resources besides the configured one; each has series of its own. */
  static final int MAX_PROMOTED = 16;

  private static final String TOO_MANY = "otel.resource_metadata_pipeline_limit";

  /** What was added to the configured resource, by number. */
  private static final String RESOURCE = "resource/";

  /** Series of such a resource, by number. */
  private static final String OF_RESOURCE = "of/";

  private final RootResources roots;
  private final ResourceMetrics.Settings settings;
  private final ResourceMetrics base;
  private final List<ResourceMetrics> all = new CopyOnWriteArrayList<>();
  private final Map<String, byte @Nullable []> changes = new HashMap<>();
  private int next;

  MetricResources(RootResources roots, ResourceMetrics.Settings settings) {
    this.roots = roots;
    this.settings = settings;
    this.base = ResourceMetrics.create(roots.identity(null), "", settings);
    all.add(base);
  }

  void restore(SourceState state) {
    roots.restore(state);
    base.restore(state);
    state.forEach(
        RESOURCE,
        (key, value) ->
            restore(
                state,
                Integer.parseInt(key.substring(RESOURCE.length())),
                new Json(new String(value, StandardCharsets.UTF_8))));
  }

  /** Two that have become one, because the configuration changed, are not put together. */
  private void restore(SourceState state, int number, Json added) {
    SpanIdentity identity = roots.identity(added);
    next = Math.max(next, number + 1);
    if (known(identity) == null && all.size() <= MAX_PROMOTED) {
      add(identity, number).restore(state);
    }
  }

  /** All resources, the configured one first. */
  List<ResourceMetrics> all() {
    return all;
  }

  void count(Event event) {
    roots.see(event);
    if (ResourceMetrics.counts(event)) {
      of(event).count(event);
    }
  }

  private ResourceMetrics of(Event event) {
    Json added = roots.added(event);
    SpanIdentity identity = roots.identity(added);
    ResourceMetrics known = known(identity);
    if (known != null || added == null) {
      return known == null ? base : known;
    }
    if (all.size() > MAX_PROMOTED) {
      settings
          .remarks()
          .report(
              Diagnostic.warning(
                  TOO_MANY,
                  null,
                  "Metadata made "
                      + MAX_PROMOTED
                      + " resources of metrics; what goes beyond is counted under the configured"
                      + " resource."));
      return base;
    }
    changes.put(RESOURCE + next, added.text().getBytes(StandardCharsets.UTF_8));
    return add(identity, next++);
  }

  private @Nullable ResourceMetrics known(SpanIdentity identity) {
    for (ResourceMetrics one : all) {
      if (one.identity().equals(identity)) {
        return one;
      }
    }
    return null;
  }

  private ResourceMetrics add(SpanIdentity identity, int number) {
    ResourceMetrics metrics =
        ResourceMetrics.create(identity, OF_RESOURCE + number + "/", settings);
    all.add(metrics);
    return metrics;
  }

  /** The values to save since the last call. */
  Map<String, byte @Nullable []> changes() {
    Map<String, byte @Nullable []> values = new HashMap<>(changes);
    changes.clear();
    values.putAll(roots.changes());
    all.forEach(one -> values.putAll(one.changes()));
    return values;
  }
}
