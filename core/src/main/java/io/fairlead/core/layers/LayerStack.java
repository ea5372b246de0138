package io.fairlead.core.layers;

import io.fairlead.core.config.PolicyTable;
import io.fairlead.core.observability.GenerationLayers;
import io.fairlead.core.observability.ObservabilityComponent;
import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Layers laid over each other.
 *
 * @param merged what they make
 * @param older documents to be checked on their own: a layer of another generation has become part
 *     of {@code merged} in a shape its author does not know
 */
record LayerStack(ConfigNode.Table merged, List<ConfigNode.Table> older) {

  LayerStack {
    older = List.copyOf(older);
  }

  /** The layers, the weakest first. */
  static LayerStack of(
      List<ConfigNode.Table> layers, Function<String, @Nullable String> environment) {
    List<Integer> owners = new ArrayList<>();
    List<ConfigNode.Table> configs = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      ConfigNode.Table config = config(layers.get(i));
      if (config != null) {
        owners.add(i);
        configs.add(config);
      }
    }
    GenerationLayers.Aligned aligned = GenerationLayers.align(configs, environment);
    List<ConfigNode.Table> all = new ArrayList<>(layers);
    for (int i = 0; i < configs.size(); i++) {
      all.set(owners.get(i), withConfig(layers.get(owners.get(i)), aligned.configs().get(i)));
    }
    ConfigNode.Table merged = ConfigNode.Table.EMPTY;
    for (ConfigNode.Table layer : all) {
      merged = LayerMerge.documents(merged, layer);
    }
    List<ConfigNode.Table> older = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      if (aligned.converted().contains(i)) {
        older.add(alone(configs.get(i), layers.get(owners.get(i)), merged));
      }
    }
    return new LayerStack(merged, older);
  }

  /** The configuration of the layer's {@code observability} component, or null. */
  private static ConfigNode.@Nullable Table config(ConfigNode.Table layer) {
    for (ConfigNode.Table component : Components.of(layer)) {
      if (isObservability(component)
          && component.get(Components.CONFIG) instanceof ConfigNode.Table config) {
        return config;
      }
    }
    return null;
  }

  private static ConfigNode.Table withConfig(ConfigNode.Table layer, ConfigNode.Table config) {
    ConfigNode.Table old = config(layer);
    return old == config
        ? layer
        : Components.change(
            layer,
            component ->
                component instanceof ConfigNode.Table table
                        && isObservability(table)
                        && table.get(Components.CONFIG) == old
                    ? Components.with(table, Components.CONFIG, config)
                    : component);
  }

  /** A document of nothing but a layer's component, under the policy of all. */
  private static ConfigNode.Table alone(
      ConfigNode.Table config, ConfigNode.Table layer, ConfigNode.Table merged) {
    ConfigNode.Table idle = withConfig(layer, GenerationLayers.idle(config));
    List<ConfigNode> component = new ArrayList<>();
    for (ConfigNode.Table candidate : Components.of(idle)) {
      if (isObservability(candidate)) {
        component.add(candidate);
      }
    }
    ConfigNode.Table document =
        Components.with(
            ConfigNode.Table.EMPTY, Components.KEY, new ConfigNode.Array(component, null));
    ConfigNode policy = merged.get(PolicyTable.KEY);
    return policy == null ? document : Components.with(document, PolicyTable.KEY, policy);
  }

  private static boolean isObservability(ConfigNode component) {
    return ObservabilityComponent.KIND.equals(Components.kind(component));
  }
}
