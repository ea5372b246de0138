package io.fairlead.core.layers;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One file as a layer: what must be right in each file, whatever another file says about it, is
 * checked here, because a stronger layer would hide it.
 */
final class FileLayer {

  private static final String VERSION = "version";
  private static final String UNSUPPORTED = "plugin.unsupported_config_version";
  private static final String INVALID = "plugin.invalid_config";

  private final ConfigNode.Table document;
  private final List<Diagnostic> diagnostics;

  FileLayer(ConfigNode.Table document, List<Diagnostic> diagnostics) {
    this.document = document;
    this.diagnostics = diagnostics;
  }

  /** The kinds given more than once, disabled ones included. */
  List<LayeredDocument.Repeated> repeated() {
    Set<String> seen = new HashSet<>();
    List<LayeredDocument.Repeated> repeated = new ArrayList<>();
    for (ConfigNode.Table component : Components.of(document)) {
      String kind = Components.kind(component);
      ConfigNode word = component.get(Components.KIND);
      if (kind != null && word != null && !seen.add(kind)) {
        repeated.add(new LayeredDocument.Repeated(kind, word.position()));
      }
    }
    return repeated;
  }

  /** The layer without its faults, which are reported, and without what it disables. */
  ConfigNode.Table usable() {
    return Components.change(
        withComponents(withVersion(document)),
        component -> Boolean.FALSE.equals(Components.enabled(component)) ? null : component);
  }

  private ConfigNode.Table withVersion(ConfigNode.Table table) {
    ConfigNode version = table.get(VERSION);
    if (version == null) {
      return table;
    }
    if (!(version instanceof ConfigNode.Integer number)) {
      error(INVALID, VERSION, version, "must be an integer, not " + version.typeName());
      return Components.without(table, VERSION);
    }
    if (number.value() == 1) {
      return table;
    }
    diagnostics.add(
        Diagnostic.error(
                UNSUPPORTED, null, "plugin config version " + number.value() + " is unsupported")
            .atField(VERSION)
            .at(version.position())
            .withHint("the version of the document is always 1"));
    return Components.without(table, VERSION);
  }

  private ConfigNode.Table withComponents(ConfigNode.Table table) {
    ConfigNode components = table.get(Components.KEY);
    if (components == null || components instanceof ConfigNode.Array) {
      return table;
    }
    error(
        INVALID,
        Components.KEY,
        components,
        "must be an array of tables: [[components]], not " + components.typeName());
    return Components.without(table, Components.KEY);
  }

  private void error(String code, String field, ConfigNode at, String fault) {
    diagnostics.add(
        Diagnostic.error(code, null, "field '" + field + "' " + fault)
            .atField(field)
            .at(at.position()));
  }
}
