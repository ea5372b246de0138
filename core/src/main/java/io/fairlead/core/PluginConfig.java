package io.fairlead.core;

import io.fairlead.core.config.Resolver;
import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.config.TomlReader;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.discovery.PluginLibrary;
import io.fairlead.core.discovery.ProviderScanner;
import io.fairlead.core.layers.LayerReader;
import io.fairlead.core.layers.LayeredDocument;
import io.fairlead.core.printout.Printed;
import io.fairlead.core.printout.Printout;
import io.fairlead.core.validation.KernelSettings;
import io.fairlead.core.validation.LayeredValidator;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configuration document. Immutable and thread-safe; the same document may be validated and
 * initialized any number of times.
 *
 * <p>Whatever front end it came from (a file, a text, a program), it is one tree with the same
 * findings. {@link #validate()} is {@link #initialize()} up to the point where anything is created.
 */
public final class PluginConfig {

  private final LayeredDocument document;

  private PluginConfig(LayeredDocument document) {
    this.document = document;
  }

  /**
   * Reads the configuration of this machine: every file that is there of {@link
   * KernelOptions#configFiles()}, laid over each other. Never throws for the files or their
   * content.
   */
  public static PluginConfig discover(KernelOptions options) {
    return new PluginConfig(LayerReader.read(options.configFiles(), null, options.environment()));
  }

  /**
   * Reads one {@code plugins.toml} and nothing else. Never throws for the file or its content: what
   * is wrong shows when the document is validated.
   */
  public static PluginConfig load(Path file) {
    return new PluginConfig(alone(TomlReader.read(file), List.of(file)));
  }

  /** Reads a text as {@link #load} reads a file. */
  public static PluginConfig parse(String toml) {
    return parse(toml, null);
  }

  /**
   * Reads a text as {@link #load} reads a file.
   *
   * @param fileName what positions name, or null
   */
  public static PluginConfig parse(String toml, @Nullable String fileName) {
    return new PluginConfig(alone(TomlReader.parse(toml, fileName), List.of()));
  }

  /** A document made by a program. */
  public static PluginConfig of(ConfigNode.Table document) {
    return new PluginConfig(alone(new TomlDocument(document, List.of()), List.of()));
  }

  private static LayeredDocument alone(TomlDocument document, List<Path> files) {
    return new LayeredDocument(
        document.table(), document.diagnostics(), files, List.of(), List.of(), Set.of());
  }

  /** Builds a document in a program. */
  public static DocumentBuilder builder() {
    return new DocumentBuilder();
  }

  /**
   * This document laid over the configuration of this machine: what it does not say, the files of
   * {@link KernelOptions#configFiles()} decide. Meant for documents made by a program.
   */
  public PluginConfig overFiles(KernelOptions options) {
    return new PluginConfig(
        LayerReader.read(options.configFiles(), document.table(), options.environment())
            .after(document.diagnostics()));
  }

  /** The files it was read from, the weakest first; empty when a program made it. */
  public List<Path> files() {
    return document.files();
  }

  /** The document as written; what could be understood when it has errors. */
  public ConfigNode.Table document() {
    return document.table();
  }

  /**
   * Everything there is to say about the document, with the process's environment and providers.
   */
  public ValidationReport validate() {
    return validate(KernelOptions.defaults());
  }

  /**
   * Everything there is to say about the document. Opens no socket and starts nothing; of files it
   * reads isolated plugins, and what the document names as tables of data, such as prices.
   */
  public ValidationReport validate(KernelOptions options) {
    try (ComponentCatalog catalog = catalog(options)) {
      return plan(options, catalog).report();
    }
  }

  /**
   * The document as it may be shown: every value with its origin, no secret.
   *
   * @param defaults whether fields the document does not set are shown too
   */
  public Printed.Table printout(KernelOptions options, boolean defaults) {
    try (ComponentCatalog catalog = catalog(options)) {
      return new Printout(catalog, options.environment(), defaults).print(document());
    }
  }

  /**
   * Starts what the document asks for, with events kept in memory.
   *
   * @throws InitializationException with the full report; then nothing is left running
   */
  public ActivePlugins initialize() throws InitializationException {
    return initialize(KernelOptions.defaults());
  }

  /**
   * Starts what the document asks for, all or nothing.
   *
   * @throws InitializationException with the full report; then nothing is left running
   */
  public ActivePlugins initialize(KernelOptions options) throws InitializationException {
    ComponentCatalog catalog = catalog(options);
    Prepared prepared;
    try {
      prepared = prepare(options, catalog, settings -> List.of());
    } catch (InitializationException | RuntimeException | Error e) {
      catalog.close();
      throw e;
    }
    return ActivePlugins.start(prepared, options);
  }

  /**
   * Starts what the document asks for in the place of what runs: every component ends, and every
   * component of this document begins, all or nothing. {@link ActivePlugins#reload} does it for
   * what has changed alone.
   *
   * @return the same, which runs this document now
   * @throws InitializationException with the full report; then the former configuration goes on
   */
  public ActivePlugins initialize(ActivePlugins former) throws InitializationException {
    former.replace(this);
    return former;
  }

  /**
   * Prepares the document for a kernel that runs.
   *
   * @param library the plugins it has open; those that have not changed are shared
   * @param settings what it cannot change
   */
  Prepared prepare(KernelOptions options, PluginLibrary library, KernelSettings settings)
      throws InitializationException {
    ComponentCatalog catalog = scan(options, library.refreshed());
    try {
      return prepare(options, catalog, wanted -> FixedSettings.changed(settings, wanted));
    } catch (InitializationException | RuntimeException | Error e) {
      catalog.library().without(library).close();
      throw e;
    }
  }

  /**
   * Plans the document and resolves its references.
   *
   * @param further what else is to be said about its settings
   */
  private Prepared prepare(
      KernelOptions options,
      ComponentCatalog catalog,
      Function<KernelSettings, List<Diagnostic>> further)
      throws InitializationException {
    Plan plan = plan(options, catalog);
    if (plan.report().hasErrors()) {
      throw new InitializationException(plan.report(), null);
    }
    Resolver resolver = new Resolver(options.environment(), catalog.secretProviders());
    List<PlannedComponent> resolved = new ArrayList<>();
    List<Diagnostic> findings = new ArrayList<>(plan.report().diagnostics());
    findings.addAll(further.apply(plan.settings()));
    for (PlannedComponent component : plan.components()) {
      resolved.add(component.enabled() ? resolve(component, resolver, findings) : component);
    }
    ValidationReport report = new ValidationReport(findings);
    if (report.hasErrors()) {
      throw new InitializationException(report, null);
    }
    return new Prepared(new Plan(report, plan.settings(), plan.components()), resolved, catalog);
  }

  private static PlannedComponent resolve(
      PlannedComponent component, Resolver resolver, List<Diagnostic> findings) {
    Resolver.Resolution resolution =
        resolver.resolve(component.instance(), component.config().table());
    findings.addAll(resolution.diagnostics());
    return new PlannedComponent(
        component.provider(),
        component.instance(),
        component.enabled(),
        ConfigView.of(component.config().spec(), resolution.table()));
  }

  private Plan plan(KernelOptions options, ComponentCatalog catalog) {
    return new LayeredValidator(catalog, options.environment()).validate(document);
  }

  /** The providers these options give access to. Isolated plugins are open until it is closed. */
  public static ComponentCatalog catalog(KernelOptions options) {
    return scan(options, PluginLibrary.open(options.pluginsDir()));
  }

  private static ComponentCatalog scan(KernelOptions options, PluginLibrary library) {
    ClassLoader loader = options.classLoader();
    if (loader == null) {
      loader = Thread.currentThread().getContextClassLoader();
    }
    ClassLoader own = PluginConfig.class.getClassLoader();
    ProviderScanner scanner =
        loader == null || loader == own
            ? new ProviderScanner(library, own)
            : new ProviderScanner(library, own, loader);
    return scanner.scan();
  }
}
