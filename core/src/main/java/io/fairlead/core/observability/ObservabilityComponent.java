package io.fairlead.core.observability;

import io.fairlead.core.config.Policy;
import io.fairlead.core.config.PolicyTable;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.SpecValidator;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The {@code observability} component: checks it against its author's generation and expands it to
 * the exporters it asks for.
 */
public final class ObservabilityComponent {

  /** The component's kind and the area of its codes. */
  public static final String KIND = "observability";

  /** Accepted of the generations that have it; Fairlead's exporters decide about content. */
  static final String FULL_PAYLOADS = "enable_full_payloads";

  private static final String VERSION = "version";

  /** A version is a whole number of 32 bits. */
  private static final long MAX_VERSION = 0xFFFF_FFFFL;

  /** Sections of exporters of ours; known even when their JAR is not there. */
  private static final List<String> OWN_SECTIONS = List.of("mlflow", "prometheus");

  private final Function<String, @Nullable String> environment;
  private final Map<String, ExporterProvider> exporters = new TreeMap<>();

  /** The component with the exporters of a catalog. */
  public ObservabilityComponent(
      ComponentCatalog catalog, Function<String, @Nullable String> environment) {
    this.environment = environment;
    for (ComponentCatalog.Entry entry : catalog.entries()) {
      if (entry.provider() instanceof ExporterProvider exporter) {
        exporters.put(entry.kind(), exporter);
      }
    }
  }

  /**
   * Checks a configuration.
   *
   * @param config with its variables replaced
   * @param enabled whether the component is to be started
   * @param documentPolicy the document's policy
   * @param document reports about the document
   */
  public void validate(
      ConfigNode.Table config, boolean enabled, Policy documentPolicy, Reporter document) {
    Policy policy = documentPolicy.inside(PolicyTable.read(config));
    Reporter reporter = document.about(KIND).under(policy);
    Generation generation = generation(config);
    topKeys(generation, config, reporter);
    version(config, reporter);
    if (generation.topKeys().contains(FULL_PAYLOADS)) {
      fullPayloads(config, reporter);
    }
    PolicyTable.unknownKeys(config, reporter.about(PolicyTable.KEY), "");
    PolicyTable.faults(config, reporter, reporter.code("invalid_plugin_config"));
    Map<String, ConfigSpec> specs = specs(generation);
    SectionKeys keys = new SectionKeys(reporter);
    specs.forEach(
        (name, spec) -> {
          ConfigNode.Table section = Tables.table(config, name);
          if (section != null) {
            keys.check(name, section, spec, generation.legacyOf(name));
          }
        });
    SectionValues values =
        new SectionValues(
            generation, known(config, specs), enabled, exporters, environment, reporter);
    specs.forEach(values::check);
    values.checkJoined();
    for (String name : ownSections(generation)) {
      values.checkOwn(name);
    }
  }

  /**
   * The exporters a configuration asks for.
   *
   * @param config as written, with its variables
   */
  public List<ExporterSection> expand(ConfigNode.Table config) {
    Generation generation = generation(config);
    ConfigNode.Table current = generation.toCurrent(known(config, specs(generation)), environment);
    List<ExporterSection> sections = new ArrayList<>();
    exporters.forEach(
        (name, exporter) -> {
          ConfigNode.Table table = Tables.table(current, name);
          boolean own = !Generation.current().sections().containsKey(name);
          if (table != null
              && (own ? SectionValues.enabled(table, exporter) : Tables.enabled(table))) {
            ConfigNode.Table usable = SectionValues.usable(table);
            sections.add(
                new ExporterSection(name, exporter, ConfigView.of(exporter.configSpec(), usable)));
          }
        });
    return sections;
  }

  /** The author's generation; the current one when there is none of that number. */
  private static Generation generation(ConfigNode.Table config) {
    Generation generation =
        config.get(VERSION) instanceof ConfigNode.Integer version
            ? Generation.of(version.value())
            : null;
    return generation == null ? Generation.current() : generation;
  }

  private void topKeys(Generation generation, ConfigNode.Table config, Reporter reporter) {
    List<String> known = new ArrayList<>(List.of(VERSION, PolicyTable.KEY));
    known.addAll(generation.sections().keySet());
    known.addAll(generation.topKeys());
    known.addAll(ownSections(generation));
    LegacyKeys legacy = generation.legacyOf("");
    if (legacy != null) {
      known.addAll(legacy.keys());
    }
    new SpecValidator(reporter).unknownKeys(known, config, "");
    SectionKeys.legacy(reporter, config, legacy);
  }

  private static void version(ConfigNode.Table config, Reporter reporter) {
    ConfigNode node = config.get(VERSION);
    if (node instanceof ConfigNode.Integer version
        && version.value() >= 0
        && version.value() <= MAX_VERSION) {
      if (Generation.of(version.value()) == null) {
        reporter.unsupported(
            "unsupported_config_version",
            VERSION,
            node.position(),
            "observability config version " + version.value() + " is unsupported; use version 4",
            "versions 1, 2, 3 and 4 can be read");
      }
    } else if (node != null) {
      reporter.invalid(
          VERSION, node.position(), "field 'version' must be a whole number such as 4", null);
    }
  }

  private static void fullPayloads(ConfigNode.Table config, Reporter reporter) {
    ConfigNode node = config.get(FULL_PAYLOADS);
    if (node != null && !(node instanceof ConfigNode.Bool)) {
      reporter.invalid(
          FULL_PAYLOADS,
          node.position(),
          "field '" + FULL_PAYLOADS + "' must be a boolean, not " + node.typeName(),
          null);
    }
  }

  /** Sections that are not Relay's: those of our exporters and of plugins. */
  private List<String> ownSections(Generation generation) {
    List<String> names = new ArrayList<>(OWN_SECTIONS);
    for (String kind : exporters.keySet()) {
      if (!names.contains(kind)) {
        names.add(kind);
      }
    }
    names.removeAll(generation.sections().keySet());
    return names;
  }

  /** The sections without what their generation does not know, which has no effect. */
  private static ConfigNode.Table known(ConfigNode.Table config, Map<String, ConfigSpec> specs) {
    ConfigNode.Table known = config;
    for (Map.Entry<String, ConfigSpec> section : specs.entrySet()) {
      ConfigNode.Table table = Tables.table(config, section.getKey());
      if (table != null) {
        known = Tables.with(known, section.getKey(), Tables.known(table, section.getValue()));
      }
    }
    return known;
  }

  private Map<String, ConfigSpec> specs(Generation generation) {
    Map<String, ConfigSpec> specs = new LinkedHashMap<>();
    generation.sections().forEach((name, spec) -> specs.put(name, merged(generation, name, spec)));
    return specs;
  }

  /** Older generations have their own fields only; the current ones also the exporter's. */
  private ConfigSpec merged(Generation generation, String name, ConfigSpec spec) {
    ExporterProvider exporter = exporters.get(name);
    ConfigSpec all =
        exporter == null || generation.isFlat()
            ? spec
            : SpecMerge.of(spec, Generation.withAliases(name, exporter.configSpec()));
    return SpecMerge.without(all, generation.later());
  }

  /**
   * Reports something enabled that nobody delivers.
   *
   * @param reporter about the section
   * @param what the section or the part of it
   */
  static void featureDisabled(Reporter reporter, String what, String field, ConfigNode at) {
    reporter.report(
        Level.WARNING,
        reporter.code("feature_disabled"),
        field,
        at.position(),
        "'" + what + "' is enabled, but no installed exporter delivers it",
        "it has no effect; remove it, or add the plugin that provides it");
  }
}
