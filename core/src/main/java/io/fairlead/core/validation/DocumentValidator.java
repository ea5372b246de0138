package io.fairlead.core.validation;

import io.fairlead.core.config.Findings;
import io.fairlead.core.config.Policy;
import io.fairlead.core.config.PolicyTable;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.Variables;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.layers.LayeredDocument;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From a document to a {@link Plan}: checks everything that can be checked without opening
 * anything. Findings come in evaluation order: faults of installed plugins, the root of the
 * document, duplicates in the order of their first occurrence, then the components in document
 * order. Disabled components are checked too.
 *
 * <p>Planned configurations hold their texts as written; {@link io.fairlead.core.config.Resolver}
 * replaces the variables in them when they are used.
 */
public final class DocumentValidator {

  private static final String AREA = "plugin";

  private final ComponentCatalog catalog;
  private final Function<String, @Nullable String> environment;

  /** A validator for the installed providers. */
  public DocumentValidator(
      ComponentCatalog catalog, Function<String, @Nullable String> environment) {
    this.catalog = catalog;
    this.environment = environment;
  }

  /** Validates a document. */
  public Plan validate(ConfigNode.Table document) {
    return validate(document, List.of());
  }

  /**
   * Validates a document.
   *
   * @param before what was found while it was read; comes first in the report
   */
  public Plan validate(ConfigNode.Table document, List<Diagnostic> before) {
    return validate(document, before, List.of());
  }

  /**
   * Validates a document made of several.
   *
   * @param before what was found while they were read; comes first in the report
   * @param repeated kinds one of them gives more than once
   */
  public Plan validate(
      ConfigNode.Table document, List<Diagnostic> before, List<LayeredDocument.Repeated> repeated) {
    Findings findings = new Findings();
    before.forEach(findings::add);
    catalog.findings().forEach(findings::add);
    Policy policy = PolicyTable.read(document);
    Reporter reporter = new Reporter(findings, AREA, null, policy);
    ConfigNode.Table root = replacedSettings(document, reporter);
    RootReader reader = new RootReader(root, reporter);
    reader.checkRoot();
    KernelSettings settings = new SettingsReader(root, reporter).read();
    List<ComponentEntry> entries = reader.components();
    ComponentPlanner planner = new ComponentPlanner(catalog, environment, policy, reporter);
    planner.repeated(repeated);
    planner.duplicates(entries);
    List<PlannedComponent> components = planner.plan(entries);
    planner.foreignPlugins(root);
    return new Plan(new ValidationReport(findings.toList()), settings, components);
  }

  /** Replaces variables at the root; components are replaced one by one under their own names. */
  private ConfigNode.Table replacedSettings(ConfigNode.Table document, Reporter reporter) {
    ConfigNode dataDir = document.get(SettingsReader.DATA_DIR);
    if (!(dataDir instanceof ConfigNode.Text)) {
      return document;
    }
    ConfigNode.Entry entry = new ConfigNode.Entry(null, dataDir);
    ConfigNode.Table one = new ConfigNode.Table(Map.of(SettingsReader.DATA_DIR, entry), null);
    ConfigNode replaced =
        new Variables(environment).replace(one, reporter).get(SettingsReader.DATA_DIR);
    if (replaced == null || replaced == dataDir) {
      return document;
    }
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(document.entries());
    entries.put(SettingsReader.DATA_DIR, new ConfigNode.Entry(dataDir.position(), replaced));
    return new ConfigNode.Table(entries, document.position());
  }
}
