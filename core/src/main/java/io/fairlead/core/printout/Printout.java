package io.fairlead.core.printout;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.observability.ObservabilityComponent;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import io.fairlead.spi.config.Secret;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document showable. Shown are the values of declared fields that are no secrets; texts of
 * fields nobody declared are not, because nobody knows what they hold. References to variables and
 * files stay as written.
 */
public final class Printout {

  private static final String DEFAULT = "default";
  private static final String PROGRAM = "program";
  private static final String HEADERS = Variable.HEADERS;

  /** Where an endpoint may have headers of its own. */
  private static final List<String> HEADER_TABLES = List.of(HEADERS, "header_env", "header_file");

  private static final String COMPONENTS = "components";

  private static final ConfigSpec POLICY =
      ConfigSpec.of(
          FieldSpec.string("unknown_component", "For unknown kinds.").withDefault("warn"),
          FieldSpec.string("unknown_field", "For unknown keys.").withDefault("warn"),
          FieldSpec.string("unsupported_value", "For unsupported values.").withDefault("error"));

  private static final ConfigSpec ROOT =
      ConfigSpec.of(
          FieldSpec.integer("version", "Always 1.").withDefault(1L),
          FieldSpec.string("data_dir", "Where the journal lives."),
          FieldSpec.string("overflow", "What a full log does.").withDefault("drop_newest"),
          FieldSpec.table("policy", "Policies.", POLICY));

  private final ComponentCatalog catalog;
  private final ObservabilityComponent observability;
  private final Function<String, @Nullable String> environment;
  private final boolean defaults;

  /**
   * A printer.
   *
   * @param defaults whether to show what fields have by default
   */
  public Printout(
      ComponentCatalog catalog, Function<String, @Nullable String> environment, boolean defaults) {
    this.catalog = catalog;
    this.observability = new ObservabilityComponent(catalog, environment);
    this.environment = environment;
    this.defaults = defaults;
  }

  /** The document as it may be shown. */
  public Printed.Table print(ConfigNode.Table document) {
    Map<String, Printed> entries = new LinkedHashMap<>(fields(ROOT, document).entries());
    if (document.get(COMPONENTS) instanceof ConfigNode.Array components) {
      List<Printed> printed = new ArrayList<>();
      components.elements().forEach(component -> printed.add(component(component)));
      entries.put(COMPONENTS, new Printed.Items(printed));
    }
    return new Printed.Table(entries);
  }

  private Printed component(ConfigNode node) {
    if (!(node instanceof ConfigNode.Table component)) {
      return hidden(node);
    }
    ConfigSpec spec =
        component.get("kind") instanceof ConfigNode.Text kind
                && component.get("config") instanceof ConfigNode.Table config
            ? spec(kind.value(), config)
            : ConfigSpec.EMPTY;
    return fields(
        ConfigSpec.of(
            FieldSpec.string("kind", "The plugin."),
            FieldSpec.string("name", "The name."),
            FieldSpec.bool("enabled", "Whether it is started.").withDefault(true),
            FieldSpec.table("config", "The configuration.", spec)),
        component);
  }

  private ConfigSpec spec(String kind, ConfigNode.Table config) {
    if (kind.equals(ObservabilityComponent.KIND)) {
      return observability.spec(config, POLICY);
    }
    ComponentProvider provider = catalog.provider(kind);
    try {
      return provider == null ? ConfigSpec.EMPTY : provider.configSpec();
    } catch (RuntimeException | LinkageError e) {
      // Validation has told it; without its declaration nothing of it can be shown.
      return ConfigSpec.EMPTY;
    }
  }

  private Printed.Table fields(ConfigSpec spec, ConfigNode.Table table) {
    return fields(spec, table, true);
  }

  private Printed.Table fields(ConfigSpec spec, ConfigNode.Table table, boolean alone) {
    Map<String, Printed> entries = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, entry) -> {
              if (!key.equals(COMPONENTS) || spec != ROOT) {
                entries.put(key, field(spec.field(key), key, entry.value()));
              }
            });
    environment(spec, table, alone).forEach(entries::putIfAbsent);
    for (FieldSpec field : spec.fields()) {
      ConfigNode value = defaults ? DefaultNodes.of(field) : null;
      if (value != null) {
        entries.putIfAbsent(field.name(), new Printed.Value(value, DEFAULT));
      }
    }
    return new Printed.Table(entries);
  }

  private Printed field(@Nullable FieldSpec field, String key, ConfigNode value) {
    if (field == null) {
      return hidden(value);
    }
    if (field.secret() || key.equals(HEADERS)) {
      return secret(value);
    }
    ConfigSpec nested = field.table();
    if (nested != null && value instanceof ConfigNode.Table table) {
      return fields(nested, table);
    }
    if (nested != null && value instanceof ConfigNode.Array array) {
      List<Printed> elements = new ArrayList<>();
      boolean alone = array.elements().size() == 1;
      for (ConfigNode element : array.elements()) {
        elements.add(
            element instanceof ConfigNode.Table table
                ? fields(nested, table, alone)
                : hidden(element));
      }
      return new Printed.Items(elements);
    }
    return field.type() == FieldType.ANY_TABLE || nested != null ? free(value) : shown(value);
  }

  /** A value inside which nothing is declared but which may be shown as such. */
  private static Printed free(ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      Map<String, Printed> entries = new LinkedHashMap<>();
      table
          .entries()
          .forEach(
              (key, entry) ->
                  entries.put(
                      key, Redaction.isTelling(key) ? hidden(entry.value()) : free(entry.value())));
      return new Printed.Table(entries);
    }
    return node instanceof ConfigNode.Array array ? items(array, Printout::free) : shown(node);
  }

  private static Printed shown(ConfigNode node) {
    return each(
        node,
        value ->
            value instanceof ConfigNode.Text text
                ? new ConfigNode.Text(Redaction.text(text.value()), text.position())
                : value);
  }

  /** Numbers and truth values of what nobody declared; its texts may be secrets. */
  private static Printed hidden(ConfigNode node) {
    return each(node, value -> value instanceof ConfigNode.Text ? redacted(value) : value);
  }

  private static Printed secret(ConfigNode node) {
    return each(node, Printout::redacted);
  }

  private static ConfigNode redacted(ConfigNode node) {
    return new ConfigNode.Text(Secret.REDACTED, node.position());
  }

  private static Printed each(ConfigNode node, Function<ConfigNode, ConfigNode> change) {
    if (node instanceof ConfigNode.Table table) {
      Map<String, Printed> entries = new LinkedHashMap<>();
      table.entries().forEach((key, entry) -> entries.put(key, each(entry.value(), change)));
      return new Printed.Table(entries);
    }
    return node instanceof ConfigNode.Array array
        ? items(array, element -> each(element, change))
        : new Printed.Value(change.apply(node), origin(node));
  }

  private static Printed items(ConfigNode.Array array, Function<ConfigNode, Printed> print) {
    return new Printed.Items(array.elements().stream().map(print).toList());
  }

  private static String origin(ConfigNode node) {
    SourcePosition position = node.position();
    if (position == null) {
      return PROGRAM;
    }
    return (position.file() == null ? "line " : position.file() + ":") + position.line();
  }

  /** What the environment says where a table of OpenTelemetry does not. */
  private Map<String, Printed> environment(ConfigSpec spec, ConfigNode.Table table, boolean alone) {
    Map<String, Printed> values = new LinkedHashMap<>();
    boolean endpoint = spec.field("type") != null && spec.field("instrumentation_scope") != null;
    boolean flat = spec.field("type") == null && spec.field("instrumentation_scope") != null;
    boolean headers = alone && HEADER_TABLES.stream().allMatch(name -> table.get(name) == null);
    for (Variable variable : Variable.ALL) {
      if (spec.field(variable.field()) != null
          && (headers || !variable.field().equals(HEADERS))
          && table.get(variable.field()) == null
          && (variable.flat() ? flat : endpoint)) {
        environment(variable, values);
      }
    }
    return values;
  }

  private void environment(Variable variable, Map<String, Printed> values) {
    for (String name : variable.names()) {
      String value = environment.apply(name);
      if (value != null && !value.isBlank()) {
        ConfigNode shown =
            variable.field().equals(HEADERS)
                ? new ConfigNode.Text(Secret.REDACTED, null)
                : DefaultNodes.of(Redaction.text(value));
        values.putIfAbsent(variable.field(), new Printed.Value(shown, "environment " + name));
      }
    }
  }
}
