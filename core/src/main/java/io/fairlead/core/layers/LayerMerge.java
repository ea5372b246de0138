package io.fairlead.core.layers;

import io.fairlead.core.observability.ObservabilityComponent;
import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Lays a document over another. Tables merge; components are matched; lists of a component's
 * configuration that hold equals (sources, sinks, endpoints) are joined, the stronger layer's
 * first; everything else is replaced. Nothing can be removed, only set to something else. Every
 * value keeps the place it came from.
 */
final class LayerMerge {

  /** Lists inside {@code observability} that are joined though they are not at its top. */
  private static final Set<List<String>> JOINED =
      Set.of(
          List.of("atof", "sinks"),
          List.of("atif", "storage"),
          List.of("opentelemetry", "endpoints"),
          List.of("opentelemetry", "traces"),
          List.of("opentelemetry", "logs", "endpoints"),
          List.of("opentelemetry", "metrics", "endpoints"));

  /** Those of them an empty list clears: to list nothing differs from not listing there. */
  private static final Set<List<String>> CLEARED =
      Set.of(
          List.of("opentelemetry", "logs", "endpoints"),
          List.of("opentelemetry", "metrics", "endpoints"));

  private LayerMerge() {}

  /** The weaker document with the stronger one on top. */
  static ConfigNode.Table documents(ConfigNode.Table weaker, ConfigNode.Table stronger) {
    return tables(
        weaker,
        stronger,
        key -> key.equals(Components.KEY) ? LayerMerge::components : LayerMerge::values);
  }

  /** How the values of a key are merged. */
  @FunctionalInterface
  private interface ByKey {
    BinaryOperator<ConfigNode> of(String key);
  }

  private static ConfigNode.Table tables(
      ConfigNode.Table weaker, ConfigNode.Table stronger, ByKey merge) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(weaker.entries());
    stronger
        .entries()
        .forEach(
            (key, entry) ->
                entries.merge(
                    key,
                    entry,
                    (below, above) ->
                        new ConfigNode.Entry(
                            above.keyPosition() == null ? below.keyPosition() : above.keyPosition(),
                            merge.of(key).apply(below.value(), above.value()))));
    return new ConfigNode.Table(
        entries, stronger.position() == null ? weaker.position() : stronger.position());
  }

  private static ConfigNode values(ConfigNode weaker, ConfigNode stronger) {
    return weaker instanceof ConfigNode.Table below && stronger instanceof ConfigNode.Table above
        ? tables(below, above, key -> LayerMerge::values)
        : stronger;
  }

  private static ConfigNode components(ConfigNode weaker, ConfigNode stronger) {
    if (!(weaker instanceof ConfigNode.Array below)
        || !(stronger instanceof ConfigNode.Array above)) {
      return stronger;
    }
    List<ConfigNode> merged = new ArrayList<>(below.elements());
    int[] partners = ComponentMatch.partners(below.elements(), above.elements());
    for (int i = 0; i < partners.length; i++) {
      ConfigNode component = above.elements().get(i);
      if (partners[i] < 0) {
        merged.add(component);
      } else {
        merged.set(partners[i], component(below.elements().get(partners[i]), component));
      }
    }
    return new ConfigNode.Array(
        merged, above.position() == null ? below.position() : above.position());
  }

  private static ConfigNode component(ConfigNode weaker, ConfigNode stronger) {
    if (!(weaker instanceof ConfigNode.Table below)
        || !(stronger instanceof ConfigNode.Table above)) {
      return stronger;
    }
    boolean observability = ObservabilityComponent.KIND.equals(Components.kind(above));
    return tables(
        below,
        above,
        key ->
            key.equals(Components.CONFIG)
                ? (lower, higher) -> config(List.of(), lower, higher, observability)
                : LayerMerge::values);
  }

  private static ConfigNode config(
      List<String> path, ConfigNode weaker, ConfigNode stronger, boolean observability) {
    if (weaker instanceof ConfigNode.Table below && stronger instanceof ConfigNode.Table above) {
      return tables(
          below,
          above,
          key ->
              (lower, higher) -> {
                List<String> inner = new ArrayList<>(path);
                inner.add(key);
                return config(List.copyOf(inner), lower, higher, observability);
              });
    }
    boolean joined = path.size() == 1 || (observability && JOINED.contains(path));
    if (joined
        && weaker instanceof ConfigNode.Array below
        && stronger instanceof ConfigNode.Array above) {
      boolean clears = above.elements().isEmpty() && observability && CLEARED.contains(path);
      return clears ? above : joined(below, above);
    }
    return stronger;
  }

  private static ConfigNode joined(ConfigNode.Array weaker, ConfigNode.Array stronger) {
    List<ConfigNode> all = new ArrayList<>(stronger.elements());
    all.addAll(weaker.elements());
    return new ConfigNode.Array(
        all, stronger.position() == null ? weaker.position() : stronger.position());
  }
}
