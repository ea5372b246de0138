package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@code observability} configurations of several layers into one generation, so that they
 * can be merged. Layers of one generation stay as they are.
 */
public final class GenerationLayers {

  private static final long UNSAID = Long.MIN_VALUE;
  private static final String VERSION = "version";
  private static final String ENABLED = "enabled";
  private static final String SECTION = OpenTelemetryRules.SECTION;
  private static final String TRACES = "traces";
  private static final String ENDPOINTS = "endpoints";

  private GenerationLayers() {}

  /**
   * The layers in one generation.
   *
   * @param configs as given, converted where generations differ
   * @param converted which of them another generation's author wrote: those must be checked as they
   *     were written
   */
  public record Aligned(List<ConfigNode.Table> configs, Set<Integer> converted) {
    /** Copies what it is given. */
    public Aligned {
      configs = List.copyOf(configs);
      converted = Set.copyOf(converted);
    }
  }

  /**
   * Aligns layers.
   *
   * @param configs the weakest first
   * @param environment for defaults that depend on it
   */
  public static Aligned align(
      List<ConfigNode.Table> configs, Function<String, @Nullable String> environment) {
    List<Long> versions = versions(configs);
    if (new HashSet<>(versions).size() <= 1) {
      return new Aligned(oneName(configs), Set.of());
    }
    List<ConfigNode.Table> aligned = new ArrayList<>();
    Set<Integer> converted = new HashSet<>();
    for (int i = 0; i < configs.size(); i++) {
      Generation generation = Generation.of(versions.get(i));
      if (generation == null || generation.version() < Generation.CURRENT) {
        converted.add(i);
      }
      aligned.add(
          current(
              configs.get(i), generation == null ? Generation.current() : generation, environment));
    }
    return new Aligned(oneName(aligned), converted);
  }

  /**
   * The configuration with nothing enabled, to check one layer alone: what only several layers
   * together fulfil is not missing from each of them.
   */
  public static ConfigNode.Table idle(ConfigNode.Table config) {
    ConfigNode.Table idle = config;
    for (String name : config.entries().keySet()) {
      ConfigNode.Table section = Tables.table(config, name);
      if (section != null && Tables.enabled(section)) {
        idle = Tables.with(idle, name, Tables.without(section, ENABLED));
      }
    }
    return idle;
  }

  /** Each layer's generation: its own word, else that of the layer below, else of the one above. */
  private static List<Long> versions(List<ConfigNode.Table> configs) {
    List<Long> versions = new ArrayList<>();
    long last = UNSAID;
    for (ConfigNode.Table config : configs) {
      if (config.get(VERSION) instanceof ConfigNode.Integer version) {
        last = version.value();
        versions.replaceAll(before -> before == UNSAID ? version.value() : before);
      }
      versions.add(last);
    }
    return versions;
  }

  /**
   * A layer in the current generation. What its author has switched off, or never on, is not to
   * become an endpoint that another layer switches on: the section's shape has changed since, and
   * its defaults would be invented. Of such a section only the word itself stays.
   */
  private static ConfigNode.Table current(
      ConfigNode.Table config,
      Generation generation,
      Function<String, @Nullable String> environment) {
    ConfigNode.Table used = config;
    Map<String, ConfigNode> words = new LinkedHashMap<>();
    for (String name : generation.reshaped()) {
      ConfigNode.Table section = Tables.table(config, name);
      if (section != null && !Tables.enabled(section)) {
        used = Tables.without(used, name);
        ConfigNode word = section.get(ENABLED);
        if (word != null && Generation.current().sections().containsKey(name)) {
          words.put(name, Tables.with(ConfigNode.Table.EMPTY, ENABLED, word));
        }
      }
    }
    ConfigNode.Table current = generation.toCurrent(used, environment);
    for (Map.Entry<String, ConfigNode> word : words.entrySet()) {
      if (current.get(word.getKey()) == null) {
        current = Tables.with(current, word.getKey(), word.getValue());
      }
    }
    ConfigNode version = config.get(VERSION);
    return version == null
        ? current
        : Tables.with(
            current, VERSION, new ConfigNode.Integer(Generation.CURRENT, version.position()));
  }

  /** Where layers use both names of the trace endpoints, all use one: else they would not join. */
  private static List<ConfigNode.Table> oneName(List<ConfigNode.Table> configs) {
    if (!anyHas(configs, TRACES) || !anyHas(configs, ENDPOINTS)) {
      return configs;
    }
    Step rename = new Step.Rename(SECTION, TRACES, ENDPOINTS);
    return configs.stream().map(config -> rename.apply(config, name -> null)).toList();
  }

  private static boolean anyHas(List<ConfigNode.Table> configs, String key) {
    return configs.stream()
        .map(config -> Tables.table(config, SECTION))
        .anyMatch(section -> section != null && section.get(key) != null);
  }
}
