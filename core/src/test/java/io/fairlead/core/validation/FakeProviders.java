package io.fairlead.core.validation;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.pricing.CatalogPricingProvider;
import io.fairlead.core.pricing.NoraRatesProvider;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.List;

/** Providers with specs like those of the real ones, none of which can be started. */
public final class FakeProviders {

  private static final FieldSpec ENABLED =
      FieldSpec.bool("enabled", "Whether to export.").withDefault(false);

  private static final ConfigSpec ENDPOINT =
      ConfigSpec.of(
          FieldSpec.string("attributes", "Style."),
          FieldSpec.string("type", "Projection.")
              .withAllowed("full", "gen_ai", "openinference", "nora"),
          FieldSpec.string("endpoint", "URL."),
          FieldSpec.string("transport", "Transport.").withDefault("http_binary"),
          FieldSpec.of("headers", FieldType.STRING_MAP, "Headers.").asSecret(),
          FieldSpec.of("header_env", FieldType.STRING_MAP, "Headers from variables."),
          FieldSpec.of("resource_attributes", FieldType.STRING_MAP, "Resource."),
          FieldSpec.string("service_name", "Service.").withDefault("unknown_service"),
          FieldSpec.string("service_namespace", "Namespace."),
          FieldSpec.string("service_version", "Version."),
          FieldSpec.string("instrumentation_scope", "Scope.").withDefault("opentelemetry"),
          FieldSpec.integer("timeout_millis", "Timeout.").withDefault(3000L),
          FieldSpec.string("profile", "Names.").withAllowed("practice", "main"));

  private static final ConfigSpec OPENTELEMETRY =
      ConfigSpec.of(
          ENABLED,
          FieldSpec.tables("endpoints", "Endpoints.", ENDPOINT),
          FieldSpec.of("logs", FieldType.ANY_TABLE, "Logs."));

  private static final ConfigSpec ATOF =
      ConfigSpec.of(
          ENABLED,
          FieldSpec.tables(
              "sinks",
              "Sinks.",
              ConfigSpec.of(
                  FieldSpec.string("type", "Type."),
                  FieldSpec.string("output_directory", "Directory."),
                  FieldSpec.string("filename", "Name."),
                  FieldSpec.string("url", "URL."))));

  private static final ConfigSpec PROMETHEUS =
      ConfigSpec.of(
          ENABLED,
          FieldSpec.string("host", "Address.").withDefault("127.0.0.1"),
          FieldSpec.of("port", FieldType.INTEGER_OR_STRING, "Port.").withRange(0, 65535));

  private static final ConfigSpec HERMES =
      ConfigSpec.of(
          FieldSpec.string("home", "Directory.").asRequired(),
          FieldSpec.duration("poll", "Pause between polls.").withDefault("2s"),
          FieldSpec.string("mode", "What to read.").withAllowed("store", "log"),
          FieldSpec.integer("batch", "Rows at once.").withRange(1, 1000),
          FieldSpec.string("token", "Token.").asSecret().withAllowed("a-secret-word"),
          FieldSpec.of("tags", FieldType.STRING_LIST, "Tags."),
          FieldSpec.of("ratio", FieldType.DECIMAL, "Share."),
          FieldSpec.table(
              "sources",
              "Sources.",
              ConfigSpec.of(FieldSpec.bool("hooks", "Whether to listen.").withDefault(true))));

  private FakeProviders() {}

  /** All of them. */
  public static ComponentCatalog catalog() {
    return catalog(
        new Exporter("opentelemetry", OPENTELEMETRY),
        new Exporter("atof", ATOF),
        new Exporter("prometheus", PROMETHEUS),
        new Adapter("hermes", HERMES),
        new CatalogPricingProvider(),
        new NoraRatesProvider(),
        new Throwing());
  }

  /** A catalog of some. */
  public static ComponentCatalog catalog(ComponentProvider... providers) {
    List<ComponentCatalog.Entry> entries = new ArrayList<>();
    for (ComponentProvider provider : providers) {
      entries.add(new ComponentCatalog.Entry(provider.kind(), provider, "test"));
    }
    return new ComponentCatalog(entries, List.of());
  }

  record Exporter(String kind, ConfigSpec configSpec) implements ExporterProvider {
    @Override
    public List<Subscriber> create(ComponentContext context) {
      throw new AssertionError("validation creates nothing");
    }

    @Override
    public void validate(ConfigView config, ValidationContext context) {
      if (kind.equals("opentelemetry")) {
        openTelemetry(config, context);
      } else if (kind.equals("prometheus")) {
        prometheus(config, context);
      }
    }

    /** Says in its own way what Relay's rules have said already, and one thing of its own. */
    private static void openTelemetry(ConfigView config, ValidationContext context) {
      List<ConfigView> endpoints = config.tables("endpoints");
      for (int i = 0; i < endpoints.size(); i++) {
        String path = "endpoints[" + i + "]";
        ConfigView endpoint = endpoints.get(i);
        for (String name : endpoint.stringMap("headers").keySet()) {
          if (name.contains(" ")) {
            context.unsupportedValue(
                path + ".headers", endpoint.node("headers"), "bad header", null);
          }
        }
        if ("nowhere".equals(endpoint.stringOrNull("endpoint"))) {
          context.unsupportedValue(
              path + ".endpoint", endpoint.node("endpoint"), "leads nowhere", null);
        }
      }
    }

    private static void prometheus(ConfigView config, ValidationContext context) {
      ConfigNode port = config.node("port");
      if (port instanceof ConfigNode.Text text && !text.value().equals("auto")) {
        context.unsupportedValue("port", port, "port must be a number or 'auto'", null);
      }
      if ("0.0.0.0".equals(config.stringOrNull("host"))) {
        context.report(
            Level.WARNING,
            "prometheus.exposed",
            "host",
            config.node("host"),
            "the endpoint can be reached from other machines",
            null);
      }
    }
  }

  record Adapter(String kind, ConfigSpec configSpec) implements RuntimeAdapterProvider {
    @Override
    public RuntimeAdapter create(ComponentContext context) {
      throw new AssertionError("validation creates nothing");
    }
  }

  /** A provider whose own validation is broken. */
  static final class Throwing implements ExporterProvider {
    @Override
    public String kind() {
      return "broken";
    }

    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public void validate(ConfigView config, ValidationContext context) {
      throw new IllegalStateException("a value that must not be shown");
    }

    @Override
    public List<Subscriber> create(ComponentContext context) {
      throw new AssertionError("validation creates nothing");
    }
  }
}
