package io.fairlead.core.observability;

import io.fairlead.core.config.ProviderValidation;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.SpecValidator;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the values of sections: types, Relay's rules, then the exporter's own. */
final class SectionValues {

  /** Parts of {@code opentelemetry} that are checked as sections of their own. */
  private static final List<String> SIGNALS = List.of("logs", "metrics");

  private static final FieldSpec ENABLED =
      FieldSpec.bool("enabled", "Whether the section is used.").withDefault(false);

  private final Generation generation;
  private final ConfigNode.Table config;
  private final ConfigNode.Table current;
  private final boolean componentEnabled;
  private final Map<String, ExporterProvider> exporters;
  private final Function<String, @Nullable String> environment;
  private final Reporter reporter;

  SectionValues(
      Generation generation,
      ConfigNode.Table config,
      boolean componentEnabled,
      Map<String, ExporterProvider> exporters,
      Function<String, @Nullable String> environment,
      Reporter reporter) {
    this.generation = generation;
    this.config = config;
    this.current = generation.toCurrent(config, environment);
    this.componentEnabled = componentEnabled;
    this.exporters = exporters;
    this.environment = environment;
    this.reporter = reporter;
  }

  /** Checks one of Relay's sections. */
  void check(String name, ConfigSpec spec) {
    ConfigNode.Table table = table(name);
    if (table == null) {
      return;
    }
    int mark = reporter.findings().size();
    Reporter own = reporter.about(name);
    types(name, table, spec, own);
    rules(name).check(new Section(table, "", own, environment));
    traceOnly(name, table, own);
    ExporterProvider exporter = exporters.get(name);
    boolean used = componentEnabled && Tables.enabled(table);
    if (used && exporter == null && !isJoined(name)) {
      featureDisabled(mark, name, table);
    }
    if (exporter != null && !isJoinedLater(name)) {
      provider(mark, name, exporter, own);
    }
  }

  /** Lets exporters check what was joined from several flat sections. */
  void checkJoined() {
    String name = OpenTelemetryRules.SECTION;
    ExporterProvider exporter = exporters.get(name);
    if (exporter != null && isJoinedLater(name)) {
      provider(0, name, exporter, reporter.about(name));
    }
  }

  /** Checks a section of an exporter Relay does not have. */
  void checkOwn(String name) {
    ConfigNode.Table table = table(name);
    if (table == null) {
      return;
    }
    int mark = reporter.findings().size();
    ExporterProvider exporter = exporters.get(name);
    if (exporter != null) {
      Reporter own = reporter.about(name);
      new SpecValidator(own).check(withEnabled(exporter.configSpec()), table);
      provider(mark, name, exporter, own);
    } else if (componentEnabled && Tables.enabled(table)) {
      featureDisabled(mark, name, table);
    }
  }

  /** Whether a section is to be used: it says so, or its exporter's default does. */
  static boolean enabled(ConfigNode.Table table, ExporterProvider exporter) {
    if (table.get("enabled") != null) {
      return Tables.enabled(table);
    }
    FieldSpec field = exporter.configSpec().field("enabled");
    return field != null && Boolean.TRUE.equals(field.defaultValue());
  }

  /** The section without the endpoints that validation said are skipped. */
  static ConfigNode.Table usable(ConfigNode.Table table) {
    List<ConfigNode> usable = new ArrayList<>();
    List<ConfigNode> all = Tables.elements(table, "endpoints");
    for (ConfigNode element : all) {
      boolean skipped =
          element instanceof ConfigNode.Table endpoint && BatchLimits.isBroken(endpoint);
      if (!skipped) {
        usable.add(element);
      }
    }
    ConfigNode endpoints = table.get("endpoints");
    return usable.size() == all.size() || endpoints == null
        ? table
        : Tables.with(table, "endpoints", new ConfigNode.Array(usable, endpoints.position()));
  }

  private ConfigNode.@Nullable Table table(String name) {
    ConfigNode node = config.get(name);
    if (node != null && !(node instanceof ConfigNode.Table)) {
      reporter.invalid(
          name,
          node.position(),
          "field '" + name + "' must be a table, not " + node.typeName(),
          null);
    }
    return Tables.table(config, name);
  }

  private void types(String name, ConfigNode.Table table, ConfigSpec spec, Reporter own) {
    if (!name.equals(OpenTelemetryRules.SECTION) || generation.isFlat()) {
      new SpecValidator(own).values(spec, table, "");
      return;
    }
    ConfigNode.Table named =
        new Step.Rename(name, "traces", "endpoints").change(table, environment);
    List<FieldSpec> rest = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      ConfigSpec signal = field.table();
      if (signal != null
          && SIGNALS.contains(field.name())
          && table.get(field.name()) instanceof ConfigNode.Table inner) {
        Reporter about = reporter.about(SignalRules.component(field.name()));
        new SpecValidator(about).values(signal, inner, "");
      } else {
        rest.add(field);
      }
    }
    new SpecValidator(own).values(ConfigSpec.of(rest), named, "");
  }

  private SectionRules rules(String name) {
    return switch (name) {
      case "atof" -> generation.version() == 1 ? AtofRules::flat : AtofRules::typed;
      case "atif" -> AtifRules::check;
      default ->
          generation.isFlat()
              ? OpenTelemetryRules.flat(name)
              : new OpenTelemetryRules(endpointTypes(name))::typed;
    };
  }

  /** The projections the exporter knows: the allowed values of its endpoints' type. */
  private List<String> endpointTypes(String name) {
    ExporterProvider exporter = exporters.get(name);
    FieldSpec endpoints = exporter == null ? null : exporter.configSpec().field("endpoints");
    ConfigSpec endpoint = endpoints == null ? null : endpoints.table();
    FieldSpec type = endpoint == null ? null : endpoint.field("type");
    return type == null ? List.of() : type.allowed();
  }

  private void traceOnly(String name, ConfigNode.Table table, Reporter own) {
    if (!generation.traceOnly() || !name.equals(OpenTelemetryRules.SECTION)) {
      return;
    }
    for (String signal : SIGNALS) {
      ConfigNode.Entry entry = table.entries().get(signal);
      if (entry != null) {
        own.report(
            Level.ERROR,
            own.code("unsupported_value"),
            signal,
            entry.keyPosition(),
            "observability config version 3 is trace-only; use version 4 for OpenTelemetry logs"
                + " or metrics",
            null);
        return;
      }
    }
  }

  private void provider(int mark, String name, ExporterProvider exporter, Reporter own) {
    ConfigNode.Table section = Tables.table(current, name);
    if (section != null) {
      ConfigView view = ConfigView.of(exporter.configSpec(), section);
      AuthorsForm form = new AuthorsForm(name, flatSections(name));
      new ProviderValidation(own, environment, mark, form).run(exporter, view);
    }
  }

  /** The sections of the author that one current section was made of; none when it was written. */
  private List<String> flatSections(String name) {
    if (name.equals("atof")) {
      return generation.version() == 1 ? List.of(name) : List.of();
    }
    if (!generation.isFlat() || !name.equals(OpenTelemetryRules.SECTION)) {
      return List.of();
    }
    List<String> sections = new ArrayList<>();
    for (String section : List.of(OpenTelemetryRules.SECTION, "openinference")) {
      ConfigNode.Table table = Tables.table(config, section);
      if (table != null && Tables.enabled(table)) {
        sections.add(section);
      }
    }
    return sections.isEmpty() ? List.of(OpenTelemetryRules.SECTION) : sections;
  }

  private boolean isJoinedLater(String name) {
    return generation.isFlat() && name.equals(OpenTelemetryRules.SECTION);
  }

  /** {@code openinference} of flat generations becomes part of {@code opentelemetry}. */
  private boolean isJoined(String name) {
    return name.equals("openinference") && exporters.containsKey(OpenTelemetryRules.SECTION);
  }

  /** What has errors is not going to be used; saying that it has no effect would be noise. */
  private void featureDisabled(int mark, String section, ConfigNode.Table table) {
    if (!reporter.findings().hasErrorSince(mark, section)) {
      ConfigNode enabled = table.get("enabled");
      ObservabilityComponent.featureDisabled(
          reporter.about(section), section, "enabled", enabled == null ? table : enabled);
    }
  }

  private static ConfigSpec withEnabled(ConfigSpec spec) {
    if (spec.field("enabled") != null) {
      return spec;
    }
    List<FieldSpec> fields = new ArrayList<>(List.of(ENABLED));
    fields.addAll(spec.fields());
    return ConfigSpec.of(fields);
  }
}
