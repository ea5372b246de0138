package io.fairlead.cli;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.FlushReport;
import io.fairlead.core.InitializationException;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.OnceReport;
import io.fairlead.core.PluginConfig;
import io.fairlead.core.ReloadReport;
import io.fairlead.core.RuntimeDiagnostic;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.layers.ConfigFiles;
import io.fairlead.core.printout.Printed;
import io.fairlead.core.validation.ReportJson;
import io.fairlead.core.validation.ReportText;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Kernel} by Fairlead's own core: the only class of the command line that starts it. */
final class CoreKernel implements Kernel {

  private final Host host;
  private final Runnable beforeStart;

  /** A kernel in a process that is another's. */
  CoreKernel(Host host) {
    this(host, () -> {});
  }

  /**
   * A kernel on a machine.
   *
   * @param beforeStart what whoever owns the process does before components are started
   */
  CoreKernel(Host host, Runnable beforeStart) {
    this.host = host;
    this.beforeStart = beforeStart;
  }

  @Override
  public Document load(ConfigFiles places) {
    return new CoreDocument(PluginConfig.discover(base().configFiles(places).build()));
  }

  @Override
  public Document parse(String toml, String fileName) {
    return new CoreDocument(PluginConfig.parse(toml, fileName));
  }

  @Override
  public Document of(ConfigNode.Table table) {
    return new CoreDocument(PluginConfig.of(table));
  }

  @Override
  public ComponentCatalog catalog(@Nullable Path pluginsDir) {
    return PluginConfig.catalog(base().pluginsDir(pluginsDir).build());
  }

  @Override
  public String text(ValidationReport report) {
    return ReportText.write(report);
  }

  @Override
  public String json(ValidationReport report) {
    return ReportJson.write(report) + "\n";
  }

  private KernelOptions.Builder base() {
    return KernelOptions.builder().environment(host.variables()).clock(host.clock());
  }

  private KernelOptions options(LaunchSettings settings) {
    KernelOptions.Builder options =
        base()
            .pluginsDir(settings.pluginsDir())
            .readsEverything(settings.readsEverything())
            .dataDir(settings.stateDir())
            .durable(settings.stateDir() != null)
            .diagnostics(finding -> settings.diagnostics().report(diagnostic(finding)));
    settings.subscribers().forEach(options::subscriber);
    return options.build();
  }

  private static Diagnostic diagnostic(RuntimeDiagnostic finding) {
    return new Diagnostic(
        finding.level(),
        finding.code(),
        finding.component(),
        finding.field(),
        finding.message(),
        null,
        finding.hint());
  }

  /** A document with the options of this machine. */
  private final class CoreDocument implements Document {

    private final PluginConfig config;

    CoreDocument(PluginConfig config) {
      this.config = config;
    }

    @Override
    public ConfigNode.Table table() {
      return config.document();
    }

    @Override
    public List<Path> files() {
      return config.files();
    }

    @Override
    public Document with(ConfigNode.Table content) {
      return new CoreDocument(config.withDocument(content));
    }

    @Override
    public Printed.Table printout(LaunchSettings settings, boolean defaults) {
      return config.printout(options(settings), defaults);
    }

    @Override
    public ValidationReport validate(LaunchSettings settings) {
      return config.validate(options(settings));
    }

    @Override
    public Running start(LaunchSettings settings) throws StartFailure {
      beforeStart.run();
      try {
        return new CoreRunning(config.initialize(options(settings)));
      } catch (InitializationException e) {
        throw new StartFailure(e.report(), e);
      }
    }
  }

  /** Components started by the core. */
  private static final class CoreRunning implements Running {

    private final ActivePlugins plugins;

    CoreRunning(ActivePlugins plugins) {
      this.plugins = plugins;
    }

    @Override
    public ValidationReport report() {
      return plugins.report();
    }

    @Override
    public KernelStatus status() {
      return plugins.status();
    }

    @Override
    public List<ModelPricing> pricings() {
      return plugins.pricings();
    }

    @Override
    public void emit(Event event) {
      plugins.hub().emit(event);
    }

    @Override
    public Sources awaitSources() throws InterruptedException {
      OnceReport report = plugins.awaitSources(null);
      List<String> failures = new ArrayList<>();
      report.failed().forEach(name -> failures.add("'" + name + "' could not be read to its end"));
      return new Sources(report.openTurns(), failures);
    }

    @Override
    public Delivery flush(Duration timeout) {
      FlushReport report = plugins.flush(timeout);
      List<Delivery.Line> lines = new ArrayList<>();
      for (KernelStatus.SubscriberStatus status : plugins.status().subscribers()) {
        lines.add(
            new Delivery.Line(
                status.name(),
                status.delivered(),
                status.failed(),
                status.dropped(),
                status.pending()));
      }
      return new Delivery(report.complete(), lines);
    }

    @Override
    public Reload reload(Document document) {
      if (!(document instanceof CoreDocument core)) {
        throw new IllegalArgumentException("a document of another kernel");
      }
      ReloadReport report = plugins.reload(core.config);
      List<String> changes = new ArrayList<>();
      told(changes, "started", report.started());
      told(changes, "restarted", report.restarted());
      told(changes, "stopped", report.stopped());
      told(changes, "not ended in time", report.abandoned());
      return new Reload(report.applied(), String.join("; ", changes), report.report());
    }

    private static void told(List<String> changes, String what, List<String> names) {
      if (!names.isEmpty()) {
        changes.add(what + " " + String.join(", ", names));
      }
    }

    @Override
    public void close(Duration deadline) {
      plugins.close(deadline);
    }
  }
}
