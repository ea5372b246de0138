package io.fairlead.core.validation;

import io.fairlead.core.config.FieldPath;
import io.fairlead.core.config.PolicyTable;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.SpecValidator;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the root of a document: its version, its own keys and the shape of its components. */
final class RootReader {

  /** The document, or an entry of it, does not have the shape it must have. */
  static final String INVALID = "plugin.invalid_config";

  static final String COMPONENTS = "components";
  static final String PLUGINS = "plugins";

  private static final String VERSION = "version";

  /** A version is a whole number of 32 bits. */
  private static final long MAX_VERSION = 0xFFFF_FFFFL;

  private static final List<String> KEYS =
      List.of(
          VERSION,
          COMPONENTS,
          PolicyTable.KEY,
          PLUGINS,
          SettingsReader.DATA_DIR,
          SettingsReader.JOURNAL_MAX_BYTES,
          SettingsReader.QUEUE_CAPACITY,
          SettingsReader.OVERFLOW);

  private static final List<String> COMPONENT_KEYS = List.of("kind", "name", "enabled", "config");

  private static final String ADVICE = "settings of a component belong under [components.config]";

  private final ConfigNode.Table root;
  private final Reporter reporter;

  RootReader(ConfigNode.Table root, Reporter reporter) {
    this.root = root;
    this.reporter = reporter;
  }

  /** Checks the version, then everything else at the root but the components. */
  void checkRoot() {
    version();
    PolicyTable.faults(root, reporter, INVALID);
    new SpecValidator(reporter).unknownKeys(KEYS, root, "");
    PolicyTable.unknownKeys(root, reporter, PolicyTable.KEY);
  }

  private void version() {
    ConfigNode node = root.get(VERSION);
    if (node instanceof ConfigNode.Integer version
        && version.value() >= 0
        && version.value() <= MAX_VERSION) {
      if (version.value() != 1) {
        reporter.unsupported(
            "unsupported_config_version",
            VERSION,
            node.position(),
            "plugin config version " + version.value() + " is unsupported",
            "the version of the document is always 1");
      }
    } else if (node != null) {
      report(reporter, VERSION, node, "field 'version' must be a whole number, which is 1", null);
    }
  }

  /** The entries that can be understood; reports those that cannot. */
  List<ComponentEntry> components() {
    List<ComponentEntry> entries = new ArrayList<>();
    ConfigNode node = root.get(COMPONENTS);
    if (node == null) {
      return entries;
    }
    if (!(node instanceof ConfigNode.Array array)) {
      wrongType(reporter, COMPONENTS, node, "an array of tables: [[components]]");
      return entries;
    }
    for (int i = 0; i < array.elements().size(); i++) {
      ComponentEntry entry = entry(array.elements().get(i), FieldPath.element(COMPONENTS, i));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private @Nullable ComponentEntry entry(ConfigNode node, String path) {
    if (!(node instanceof ConfigNode.Table table)) {
      wrongType(reporter, path, node, "a table");
      return null;
    }
    ConfigNode kind = table.get("kind");
    if (!(kind instanceof ConfigNode.Text text)) {
      String field = FieldPath.key(path, "kind");
      if (kind == null) {
        report(reporter, field, table, "field '" + field + "' is required", "name the plugin");
      } else {
        wrongType(reporter, field, kind, "a string");
      }
      return null;
    }
    Reporter own = reporter.about(text.value());
    new SpecValidator(own).unknownKeys(COMPONENT_KEYS, table, "", ADVICE);
    ConfigNode name = table.get("name");
    ConfigNode enabled = table.get("enabled");
    ConfigNode config = table.get("config");
    if (name != null && !(name instanceof ConfigNode.Text)) {
      wrongType(own, "name", name, "a string");
    }
    if (enabled != null && !(enabled instanceof ConfigNode.Bool)) {
      wrongType(own, "enabled", enabled, "a boolean");
    }
    if (config != null && !(config instanceof ConfigNode.Table)) {
      wrongType(own, "config", config, "a table");
      return null;
    }
    return new ComponentEntry(
        text.value(),
        name instanceof ConfigNode.Text given ? given.value() : null,
        !(enabled instanceof ConfigNode.Bool bool) || bool.value(),
        config instanceof ConfigNode.Table given
            ? given
            : new ConfigNode.Table(Map.of(), table.position()),
        kind.position(),
        name == null ? null : name.position());
  }

  static void wrongType(Reporter reporter, String field, ConfigNode node, String wanted) {
    report(
        reporter,
        field,
        node,
        "field '" + field + "' must be " + wanted + ", not " + node.typeName(),
        null);
  }

  static void report(
      Reporter reporter, String field, ConfigNode at, String message, @Nullable String hint) {
    reporter.report(Level.ERROR, INVALID, field, at.position(), message, hint);
  }
}
