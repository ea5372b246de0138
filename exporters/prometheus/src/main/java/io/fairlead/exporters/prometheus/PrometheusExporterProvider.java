package io.fairlead.exporters.prometheus;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.List;
import java.util.OptionalInt;

/**
 * A scrape endpoint: the {@code prometheus} section. Checking a configuration loads no class of
 * OpenTelemetry.
 */
public final class PrometheusExporterProvider implements ExporterProvider {

  private static final int DEFAULT_PORT = 9464;
  private static final int MAX_PORT = 65_535;
  private static final String AUTO = "auto";

  /** For the service loader. */
  public PrometheusExporterProvider() {}

  @Override
  public String kind() {
    return "prometheus";
  }

  @Override
  public ConfigSpec configSpec() {
    return ConfigSpec.of(
        FieldSpec.bool("enabled", "Whether the section is active.").withDefault(true),
        FieldSpec.string("host", "Address to listen at.").withDefault("127.0.0.1"),
        FieldSpec.of(
                "port",
                FieldType.INTEGER_OR_STRING,
                "Port to listen at; 0 or \"\" for none, \"auto\" for a free one that is reported.")
            .withDefault((long) DEFAULT_PORT),
        FieldSpec.bool("otel_scope", "Whether series carry otel_scope labels.").withDefault(false),
        FieldSpec.bool("target_info", "Whether target_info shows the resource.").withDefault(false),
        FieldSpec.string("service_name", "Service name in target_info.").withDefault("fairlead"),
        FieldSpec.of("resource_attributes", FieldType.STRING_MAP, "Further labels of target_info."),
        FieldSpec.string("semconv", "Version of the GenAI conventions.")
            .withAllowed("practice", "1.36", "1.41", "main")
            .withDefault("practice"),
        FieldSpec.integer("max_instruments", "Most metrics that marks may name.")
            .withRange(1, 100_000)
            .withDefault(256L),
        FieldSpec.integer("cardinality_limit", "Most series per metric.")
            .withRange(2, 1_000_000)
            .withDefault(2_000L));
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    ConfigNode port = config.node("port");
    boolean fine =
        port == null
            || (port instanceof ConfigNode.Integer number
                && number.value() >= 0
                && number.value() <= MAX_PORT)
            || (port instanceof ConfigNode.Text text
                && (text.value().isBlank() || text.value().equals(AUTO)))
            || !(port instanceof ConfigNode.Integer || port instanceof ConfigNode.Text);
    if (!fine) {
      context.unsupportedValue(
          "port", port, "the port must be 0 to 65535 or \"auto\"", "9464 is the usual one");
    }
  }

  @Override
  public List<Subscriber> create(ComponentContext context) {
    OptionalInt port = port(context.config());
    return port.isEmpty() ? List.of() : List.of(Scrapes.subscriber(context, port.getAsInt()));
  }

  /** The port to ask for, 0 meaning any; empty when there shall be none. */
  private static OptionalInt port(ConfigView config) {
    ConfigNode port = config.node("port");
    if (port instanceof ConfigNode.Integer number) {
      return number.value() == 0 ? OptionalInt.empty() : OptionalInt.of((int) number.value());
    }
    if (port instanceof ConfigNode.Text text) {
      return text.value().equals(AUTO) ? OptionalInt.of(0) : OptionalInt.empty();
    }
    return OptionalInt.of(DEFAULT_PORT);
  }
}
