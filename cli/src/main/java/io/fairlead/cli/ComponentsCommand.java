package io.fairlead.cli;

import io.fairlead.cli.report.JsonOutput;
import io.fairlead.cli.report.TextTable;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapterProvider;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

final class ComponentsCommand extends Subcommand {

  private static final Map<Class<?>, String> TYPES =
      Map.of(
          RuntimeAdapterProvider.class, "runtime",
          ExporterProvider.class, "exporter",
          InterceptorProvider.class, "interceptor",
          PricingProvider.class, "pricing");

  ComponentsCommand(App app) {
    super(app, "components", "List the kinds of components that can be used.");
    addPluginsDir();
    addFormat("");
  }

  @Override
  public Integer call() {
    try (ComponentCatalog catalog = app.kernel().catalog(pluginsDir())) {
      return list(catalog);
    }
  }

  private int list(ComponentCatalog catalog) {
    if (format() == Format.json) {
      JsonOutput.write(app.terminal().out(), json -> writeJson(catalog, json));
    } else {
      writeText(catalog);
    }
    ValidationReport findings = new ValidationReport(catalog.findings());
    Findings.show(findings, app);
    return findings.hasErrors() ? ExitCodes.FAILED : ExitCodes.OK;
  }

  private void writeText(ComponentCatalog catalog) {
    TextTable table =
        TextTable.of(
            TextTable.Column.left("KIND"),
            TextTable.Column.left("TYPE"),
            TextTable.Column.left("VERSION"),
            TextTable.Column.left("STABILITY"),
            TextTable.Column.left("FROM").shrinkingTo(20));
    for (ComponentCatalog.Entry entry : catalog.entries()) {
      ComponentProvider provider = entry.provider();
      table.row(
          List.of(
              entry.kind(),
              type(provider),
              provider.version(),
              stability(provider),
              from(entry.location(), entry.isolated())));
    }
    for (ComponentCatalog.Secrets secrets : catalog.secrets()) {
      table.row(
          List.of(
              "${" + secrets.provider().scheme() + ":key}",
              "secrets",
              "",
              "",
              from(secrets.location(), secrets.isolated())));
    }
    PrintWriter out = app.terminal().out();
    out.print(table.render(app.terminal().width()));
  }

  private static void writeJson(ComponentCatalog catalog, JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("components");
    for (ComponentCatalog.Entry entry : catalog.entries()) {
      ComponentProvider provider = entry.provider();
      json.writeStartObject();
      json.writeStringProperty("kind", entry.kind());
      json.writeStringProperty("type", type(provider));
      json.writeStringProperty("version", provider.version());
      json.writeStringProperty("stability", stability(provider));
      json.writeBooleanProperty("repeatable", provider.repeatable());
      json.writeStringProperty("location", entry.location());
      json.writeBooleanProperty("isolated", entry.isolated());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("secrets");
    for (ComponentCatalog.Secrets secrets : catalog.secrets()) {
      json.writeStartObject();
      json.writeStringProperty("scheme", secrets.provider().scheme());
      json.writeStringProperty("location", secrets.location());
      json.writeBooleanProperty("isolated", secrets.isolated());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String from(String location, boolean isolated) {
    return isolated ? location + " (isolated)" : location;
  }

  private static String stability(ComponentProvider provider) {
    return provider.stability().name().toLowerCase(Locale.ROOT);
  }

  private static String type(ComponentProvider provider) {
    return TYPES.entrySet().stream()
        .filter(type -> type.getKey().isInstance(provider))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("component");
  }
}
