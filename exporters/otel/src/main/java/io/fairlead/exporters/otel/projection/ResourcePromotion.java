package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Json;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resource of what belongs to a trace: the configured one, with what the metadata of the
 * trace's root adds. What is configured always wins. Not thread-safe.
 */
final class ResourcePromotion {

  private static final String UNSUPPORTED = "otel.resource_metadata_promotion_value_unsupported.";

  private static final int MAX_KNOWN = 1_024;

  private final SpanIdentity own;
  private final Promotion promotion;

  /** Encoders group by instance, so that equal metadata has to give the same one. */
  private final Map<Json, SpanIdentity> known = new HashMap<>();

  ResourcePromotion(SpanIdentity own, Set<String> prefixes, DiagnosticSink remarks) {
    this.own = own;
    this.promotion = new Promotion(prefixes, names(own.resource()), UNSUPPORTED, remarks);
  }

  private static Set<String> names(Resource resource) {
    return resource.getAttributes().asMap().keySet().stream()
        .map(AttributeKey::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean isEmpty() {
    return promotion.isEmpty();
  }

  /** Metadata without what is promoted. */
  void withdraw(Map<String, @Nullable Object> metadata) {
    promotion.withdraw(metadata);
  }

  /** What of a root's metadata matters here; null when nothing does. */
  @Nullable Json relevant(@Nullable Json metadata) {
    Map<String, @Nullable Object> members = JsonTree.object(metadata);
    JsonTree.Members kept = new JsonTree.Members();
    members.forEach(
        (key, value) -> {
          if (promotion.matches(key)) {
            kept.put(key, value);
          }
        });
    return kept.isEmpty() ? null : new Json(JsonTree.write(kept));
  }

  /** Who sends what belongs to a trace whose root has this metadata. */
  SpanIdentity identity(@Nullable Json rootMetadata) {
    if (rootMetadata == null || isEmpty()) {
      return own;
    }
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(rootMetadata, this::promoted);
  }

  private SpanIdentity promoted(Json rootMetadata) {
    AttributeSheet sheet = new AttributeSheet();
    promotion.promote(sheet, rootMetadata);
    Resource added = Resource.create(sheet.build());
    Resource merged = added.merge(own.resource());
    return merged.equals(own.resource()) ? own : new SpanIdentity(merged, own.scope());
  }
}
