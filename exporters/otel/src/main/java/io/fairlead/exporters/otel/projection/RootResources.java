package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeEvent;
import io.fairlead.spi.event.ScopeStart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the metadata of trace roots adds to the resource of what belongs to their traces,
 * for log records and metrics. Bounded: the root that came first is forgotten first. What it was
 * told twice counts once, so that a batch may come again. Not thread-safe.
 */
public final class RootResources {

  /** Most roots remembered. */
  static final int MAX_ROOTS = 4_096;

  private static final String ROOT = "root/";

  private final ResourcePromotion promotion;
  private final Map<UUID, Json> roots = new LinkedHashMap<>();
  private final Map<String, byte @Nullable []> changes = new HashMap<>();
  private long next;

  /**
   * @param own the configured resource, and the scope
   * @param prefixes prefixes of metadata that becomes attributes of the resource
   * @param remarks takes what cannot become one
   */
  public RootResources(SpanIdentity own, Set<String> prefixes, DiagnosticSink remarks) {
    this.promotion = new ResourcePromotion(own, prefixes, remarks);
  }

  /** One that adds nothing to the configured resource. */
  public static RootResources none(SpanIdentity own) {
    return new RootResources(own, Set.of(), remark -> {});
  }

  /** Takes over what an earlier run saved. Call it once, before anything else. */
  public void restore(SourceState state) {
    List<Saved> saved = new ArrayList<>();
    if (!promotion.isEmpty()) {
      state.forEach(ROOT, (key, value) -> saved.add(Saved.of(key, value)));
    }
    saved.sort(Comparator.comparingLong(Saved::number));
    for (Saved one : saved) {
      roots.put(one.root(), one.metadata());
      next = one.number() + 1;
    }
  }

  private record Saved(UUID root, long number, Json metadata) {

    static Saved of(String key, byte[] value) {
      String text = new String(value, StandardCharsets.UTF_8);
      int blank = text.indexOf(' ');
      return new Saved(
          UUID.fromString(key.substring(ROOT.length())),
          Long.parseLong(text.substring(0, blank)),
          new Json(text.substring(blank + 1)));
    }
  }

  /** Remembers an event if it tells of a root. */
  public void see(Event event) {
    if (promotion.isEmpty() || !(event instanceof ScopeEvent)) {
      return;
    }
    ScopeStart start = event instanceof ScopeEnd end ? end.start() : (ScopeStart) event;
    UUID root = start.header().uuid();
    Json metadata =
        start.isTraceRoot() && !roots.containsKey(root)
            ? promotion.relevant(start.header().metadata())
            : null;
    if (metadata != null) {
      roots.put(root, metadata);
      changes.put(ROOT + root, (next++ + " " + metadata.text()).getBytes(StandardCharsets.UTF_8));
      forgetOldest();
    }
  }

  private void forgetOldest() {
    if (roots.size() > MAX_ROOTS) {
      Iterator<UUID> oldest = roots.keySet().iterator();
      changes.put(ROOT + oldest.next(), null);
      oldest.remove();
    }
  }

  /** What the root of an event's trace adds; null when that is nothing or not known. */
  public @Nullable Json added(Event event) {
    return roots.get(event.header().traceRoot());
  }

  /** Who sends what belongs to a trace whose root adds this. */
  public SpanIdentity identity(@Nullable Json added) {
    return promotion.identity(added);
  }

  /** The values to save since the last call. */
  public Map<String, byte @Nullable []> changes() {
    Map<String, byte @Nullable []> values = new HashMap<>(changes);
    changes.clear();
    return values;
  }
}
