package io.fairlead.core;

import io.fairlead.core.config.DocumentReader;
import io.fairlead.core.config.Resolver;
import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.discovery.ProviderScanner;
import io.fairlead.core.validation.DocumentValidator;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration document. Immutable and thread-safe; the same document may be validated and
 * initialized any number of times.
 *
 * <p>Whatever front end it came from (a file, a text, a program), it is one tree with the same
 * findings. {@link #validate()} is {@link #initialize()} up to the point where anything is created.
 */
public final class PluginConfig {

  private final TomlDocument document;

  private PluginConfig(TomlDocument document) {
    this.document = document;
  }

  /**
   * Reads a {@code plugins.toml}, or a {@code plugins.yaml} when the name ends so. Never throws for
   * the file or its content: what is wrong shows when the document is validated.
   */
  public static PluginConfig load(Path file) {
    return new PluginConfig(DocumentReader.read(file));
  }

  /** Reads a TOML text as {@link #load} reads a file. */
  public static PluginConfig parse(String toml) {
    return parse(toml, null);
  }

  /**
   * Reads a text as {@link #load} reads a file.
   *
   * @param fileName what positions name, or null; YAML when it ends so
   */
  public static PluginConfig parse(String text, @Nullable String fileName) {
    return new PluginConfig(DocumentReader.parse(text, fileName));
  }

  /** A document made by a program. */
  public static PluginConfig of(ConfigNode.Table document) {
    return new PluginConfig(new TomlDocument(document, List.of()));
  }

  /** Builds a document in a program. */
  public static DocumentBuilder builder() {
    return new DocumentBuilder();
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

  /** Everything there is to say about the document. Opens no socket and no file, starts nothing. */
  public ValidationReport validate(KernelOptions options) {
    return plan(options).report();
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
    Plan plan = plan(options);
    if (plan.report().hasErrors()) {
      throw new InitializationException(plan.report(), null);
    }
    Resolver resolver = new Resolver(options.environment(), scanner(options).secretProviders());
    List<PlannedComponent> resolved = new ArrayList<>();
    List<Diagnostic> findings = new ArrayList<>(plan.report().diagnostics());
    for (PlannedComponent component : plan.components()) {
      resolved.add(component.enabled() ? resolve(component, resolver, findings) : component);
    }
    ValidationReport report = new ValidationReport(findings);
    if (report.hasErrors()) {
      throw new InitializationException(report, null);
    }
    return ActivePlugins.start(plan, resolved, options);
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

  private Plan plan(KernelOptions options) {
    return new DocumentValidator(catalog(options), options.environment())
        .validate(document.table(), document.diagnostics());
  }

  /** The providers these options give access to. */
  public static ComponentCatalog catalog(KernelOptions options) {
    return scanner(options).scan();
  }

  private static ProviderScanner scanner(KernelOptions options) {
    ClassLoader loader = options.classLoader();
    if (loader == null) {
      loader = Thread.currentThread().getContextClassLoader();
    }
    ClassLoader own = PluginConfig.class.getClassLoader();
    return loader == null || loader == own
        ? new ProviderScanner(own)
        : new ProviderScanner(own, loader);
  }
}
