package io.fairlead.cli;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.layers.ConfigFiles;
import io.fairlead.core.printout.Printed;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kernel whose sources hold given events and whose exporters behave as told. */
final class FakeKernel implements Kernel {

  final Map<Path, ConfigNode.Table> files = new HashMap<>();
  final List<ConfigFiles> loaded = new ArrayList<>();
  final List<Event> history = new ArrayList<>();
  final List<Event> emitted = new ArrayList<>();
  final List<ConfigNode.Table> started = new ArrayList<>();
  final List<LaunchSettings> settings = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  Duration closedWithin = Duration.ZERO;
  List<Diagnostic> findings = List.of();
  @Nullable Diagnostic startFailure;
  boolean failsOnlyOnce;
  Sources sources = new Sources(0, List.of());
  Delivery delivery = new Delivery(true, List.of());

  @Override
  public Document load(ConfigFiles places) {
    Path weakest = places.candidates().get(0);
    loaded.add(places);
    return new FakeDocument(files.getOrDefault(weakest, ConfigNode.Table.EMPTY), List.of(weakest));
  }

  @Override
  public Document parse(String toml, String fileName) {
    return new FakeDocument(ConfigNode.Table.EMPTY, List.of());
  }

  @Override
  public Document of(ConfigNode.Table table) {
    return new FakeDocument(table, List.of());
  }

  @Override
  public ComponentCatalog catalog(@Nullable Path pluginsDir) {
    return new ComponentCatalog(
        List.of(
            new ComponentCatalog.Entry("hermes", new FakeRuntime(), "runtimes-hermes.jar"),
            new ComponentCatalog.Entry("atof", new FakeExporter(), "files.jar")),
        List.of());
  }

  @Override
  public String text(ValidationReport report) {
    StringBuilder text = new StringBuilder();
    report.diagnostics().forEach(finding -> text.append(finding.code()).append('\n'));
    return text.toString();
  }

  @Override
  public String json(ValidationReport report) {
    return "{\"diagnostics\":" + report.diagnostics().size() + "}\n";
  }

  private final class FakeDocument implements Document {
    private final ConfigNode.Table table;
    private final List<Path> read;

    FakeDocument(ConfigNode.Table table, List<Path> read) {
      this.table = table;
      this.read = read;
    }

    @Override
    public Document with(ConfigNode.Table content) {
      return new FakeDocument(content, files());
    }

    @Override
    public List<Path> files() {
      return read;
    }

    @Override
    public ConfigNode.Table table() {
      return table;
    }

    @Override
    public Printed.Table printout(LaunchSettings settings, boolean defaults) {
      return new Printed.Table(Map.of());
    }

    @Override
    public ValidationReport validate(LaunchSettings settings) {
      return new ValidationReport(findings);
    }

    @Override
    public Running start(LaunchSettings launch) throws StartFailure {
      Diagnostic failure = startFailure;
      if (failure != null) {
        startFailure = failsOnlyOnce ? null : failure;
        throw new StartFailure(new ValidationReport(List.of(failure)), null);
      }
      started.add(table);
      settings.add(launch);
      return new FakeRunning(launch);
    }
  }

  private final class FakeRunning implements Running {
    private final LaunchSettings launch;

    FakeRunning(LaunchSettings launch) {
      this.launch = launch;
    }

    @Override
    public ValidationReport report() {
      return new ValidationReport(findings);
    }

    @Override
    public KernelStatus status() {
      return new KernelStatus() {
        @Override
        public List<SubscriberStatus> subscribers() {
          return List.of();
        }

        @Override
        public long events() {
          return history.size() + emitted.size();
        }

        @Override
        public long dropped() {
          return 0;
        }
      };
    }

    @Override
    public List<ModelPricing> pricings() {
      return List.of();
    }

    @Override
    public void emit(Event event) {
      emitted.add(event);
    }

    @Override
    public Sources awaitSources() {
      calls.add("await");
      if (!history.isEmpty()) {
        for (Subscriber subscriber : launch.subscribers().values()) {
          try {
            subscriber.deliver(history);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        }
      }
      return sources;
    }

    @Override
    public Delivery flush(Duration timeout) {
      calls.add("flush");
      return delivery;
    }

    @Override
    public Reload reload(Document document) {
      calls.add("reload");
      started.add(document.table());
      return new Reload(true, "started x", new ValidationReport(findings));
    }

    @Override
    public void close(Duration deadline) {
      calls.add("close");
      closedWithin = deadline;
    }
  }

  private abstract static class FakeProvider implements ComponentProvider {
    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public String version() {
      return "1.2.3";
    }
  }

  private static final class FakeRuntime extends FakeProvider implements RuntimeAdapterProvider {
    @Override
    public String kind() {
      return "hermes";
    }

    @Override
    public RuntimeAdapter create(ComponentContext context) {
      throw new AssertionError("a fake kernel creates nothing");
    }
  }

  private static final class FakeExporter extends FakeProvider implements ExporterProvider {
    @Override
    public String kind() {
      return "atof";
    }

    @Override
    public List<Subscriber> create(ComponentContext context) {
      throw new AssertionError("a fake kernel creates nothing");
    }
  }
}
