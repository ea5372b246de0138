package io.fairlead.core.validation;

import io.fairlead.core.config.FieldPath;
import io.fairlead.core.config.Nearest;
import io.fairlead.core.config.Policy;
import io.fairlead.core.config.PolicyTable;
import io.fairlead.core.config.ProviderValidation;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.SpecValidator;
import io.fairlead.core.config.Variables;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.layers.LayeredDocument;
import io.fairlead.core.observability.ExporterSection;
import io.fairlead.core.observability.ObservabilityComponent;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the components of a document and plans those somebody stands behind. */
final class ComponentPlanner {

  private static final String DUPLICATE = "plugin.duplicate_component";
  private static final String SAME_SOURCE = "plugin.same_source";
  private static final String DUPLICATE_NAME = "plugin.duplicate_name";

  private final ComponentCatalog catalog;
  private final Function<String, @Nullable String> environment;
  private final Policy policy;
  private final Reporter reporter;
  private final ObservabilityComponent observability;
  private final InstanceNames names = new InstanceNames();
  private final SourceConfigs sources = new SourceConfigs();
  private final Set<String> duplicated = new HashSet<>();

  ComponentPlanner(
      ComponentCatalog catalog,
      Function<String, @Nullable String> environment,
      Policy policy,
      Reporter reporter) {
    this.catalog = catalog;
    this.environment = environment;
    this.policy = policy;
    this.reporter = reporter;
    this.observability = new ObservabilityComponent(catalog, environment);
  }

  /** Reports kinds that may not repeat but do so in one file, though the document hides it. */
  void repeated(List<LayeredDocument.Repeated> repeated) {
    for (LayeredDocument.Repeated repeat : repeated) {
      duplicate(repeat.kind(), repeat.position());
    }
  }

  private void duplicate(String kind, @Nullable SourcePosition second) {
    if (!isRepeatable(kind) && duplicated.add(kind)) {
      reporter
          .about(kind)
          .report(
              Level.ERROR,
              DUPLICATE,
              null,
              second,
              "plugin component kind '" + kind + "' may only appear once",
              null);
    }
  }

  /** Reports kinds that may not repeat but do, once each, and names given twice. */
  void duplicates(List<ComponentEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      String kind = entries.get(i).kind();
      ComponentEntry second = next(entries, i);
      if (second != null) {
        duplicate(kind, second.kindPosition());
      }
    }
    for (ComponentEntry entry : entries) {
      if (entry.name() != null && !names.take(entry.name())) {
        reporter
            .about(entry.kind())
            .report(
                Level.ERROR,
                DUPLICATE_NAME,
                "name",
                entry.namePosition(),
                "another component is named '" + entry.name() + "' already",
                null);
      }
    }
  }

  List<PlannedComponent> plan(List<ComponentEntry> entries) {
    List<PlannedComponent> planned = new ArrayList<>();
    for (ComponentEntry entry : entries) {
      ComponentProvider provider = catalog.provider(entry.kind());
      if (entry.kind().equals(ObservabilityComponent.KIND)) {
        observability(entry, planned);
      } else if (provider == null) {
        unknown(entry);
      } else {
        component(entry, provider, planned);
      }
    }
    planDefaults(entries, planned);
    return planned;
  }

  /** Interceptors that are on although the document does not name their kind. */
  private void planDefaults(List<ComponentEntry> entries, List<PlannedComponent> planned) {
    for (ComponentCatalog.Entry installed : catalog.entries()) {
      String kind = installed.kind();
      if (installed.provider() instanceof InterceptorProvider provider
          && entries.stream().noneMatch(entry -> entry.kind().equals(kind))
          && provider.onByDefault()) {
        component(
            new ComponentEntry(kind, null, true, ConfigNode.Table.EMPTY, null, null),
            provider,
            planned);
      }
    }
  }

  /** Relay's native and worker plugins follow the policy for unknown components. */
  void foreignPlugins(ConfigNode.Table root) {
    ConfigNode node = root.get(RootReader.PLUGINS);
    if (node == null) {
      return;
    }
    if (!(node instanceof ConfigNode.Table plugins)) {
      RootReader.wrongType(reporter, RootReader.PLUGINS, node, "a table");
      return;
    }
    List<String> known = List.of("dynamic", "policy");
    new SpecValidator(reporter).unknownKeys(known, plugins, RootReader.PLUGINS);
    if (plugins.get("dynamic") instanceof ConfigNode.Array dynamic) {
      for (int i = 0; i < dynamic.elements().size(); i++) {
        reporter.unknownComponent(
            "unknown_component",
            FieldPath.element("plugins.dynamic", i),
            dynamic.elements().get(i).position(),
            "dynamic plugins of NeMo Relay cannot be loaded",
            "a Fairlead plugin is a JAR; see the plugin author's guide");
      }
    }
  }

  private void observability(ComponentEntry entry, List<PlannedComponent> planned) {
    Reporter own = reporter.about(entry.kind());
    ConfigNode.Table config = new Variables(environment).replace(entry.config(), own);
    observability.validate(
        config,
        entry.enabled(),
        policy,
        new Reporter(reporter.findings(), ObservabilityComponent.KIND, entry.kind(), policy));
    for (ExporterSection section : observability.expand(entry.config())) {
      planned.add(
          new PlannedComponent(
              section.provider(),
              names.of(section.name(), null),
              entry.enabled(),
              section.config()));
    }
  }

  private void component(
      ComponentEntry entry, ComponentProvider provider, List<PlannedComponent> planned) {
    int mark = reporter.findings().size();
    Reporter own = new Reporter(reporter.findings(), entry.kind(), entry.kind(), policy);
    ConfigSpec spec =
        new ProviderValidation(own, environment, mark, null).spec(provider, entry.kindPosition());
    if (spec == null) {
      return;
    }
    if (spec.field(PolicyTable.KEY) != null) {
      own = own.under(policy.inside(PolicyTable.read(entry.config())));
    }
    ConfigNode.Table config = new Variables(environment).replace(entry.config(), own);
    ProviderValidation validation = new ProviderValidation(own, environment, mark, null);
    String strict = RelayKinds.strictFinding(entry.kind());
    boolean strictValues = RelayKinds.hasStrictValues(entry.kind());
    check(spec, config, strict == null ? own : own.strict(strict, strictValues));
    validation.run(provider, ConfigView.of(spec, config));
    String name = names.of(baseName(entry.kind(), provider), entry.name());
    if (entry.enabled() && provider instanceof RuntimeAdapterProvider) {
      sameSource(entry, name, config, own);
    }
    planned.add(
        new PlannedComponent(provider, name, entry.enabled(), ConfigView.of(spec, entry.config())));
  }

  /** A section keeps the bare name, so that adding it renames no source of the same kind. */
  private String baseName(String kind, ComponentProvider provider) {
    boolean isSection =
        catalog.entries().stream()
            .anyMatch(
                other -> other.kind().equals(kind) && other.provider() instanceof ExporterProvider);
    return isSection && provider instanceof RuntimeAdapterProvider ? kind + "-source" : kind;
  }

  /** Words that are no policy are no policy's business: they are errors as at the root. */
  private static void check(ConfigSpec spec, ConfigNode.Table config, Reporter own) {
    SpecValidator validator = new SpecValidator(own);
    validator.unknownFields(spec, config, "");
    if (spec.field(PolicyTable.KEY) == null) {
      validator.values(spec, config, "");
    } else {
      PolicyTable.faults(config, own, own.code("invalid_plugin_config"));
      validator.values(spec, PolicyTable.without(config), "");
    }
  }

  private void sameSource(
      ComponentEntry entry, String name, ConfigNode.Table config, Reporter own) {
    String first = sources.first(entry.kind(), config, name);
    if (first != null) {
      own.report(
          Level.WARNING,
          SAME_SOURCE,
          null,
          entry.kindPosition(),
          "'" + name + "' is configured as '" + first + "' is: what both read is counted twice",
          "remove one of them, or make each read a source of its own");
    }
  }

  private void unknown(ComponentEntry entry) {
    String kind = entry.kind();
    String reason = RelayKinds.reason(kind);
    reporter
        .about(kind)
        .unknownComponent(
            "unknown_component",
            null,
            entry.kindPosition(),
            "plugin component kind '" + kind + "' is unsupported",
            reason != null ? reason : Nearest.hint(kind, knownKinds()));
  }

  private List<String> knownKinds() {
    List<String> kinds = new ArrayList<>(List.of(ObservabilityComponent.KIND));
    for (ComponentCatalog.Entry entry : catalog.entries()) {
      kinds.add(entry.kind());
    }
    return kinds;
  }

  private boolean isRepeatable(String kind) {
    if (RelayKinds.isSingleton(kind)) {
      return false;
    }
    ComponentProvider provider = catalog.provider(kind);
    return provider == null || provider.repeatable();
  }

  private static @Nullable ComponentEntry next(List<ComponentEntry> entries, int first) {
    for (ComponentEntry entry : entries.subList(first + 1, entries.size())) {
      if (entry.kind().equals(entries.get(first).kind())) {
        return entry;
      }
    }
    return null;
  }
}
