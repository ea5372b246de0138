package io.fairlead.core.observability;

import io.fairlead.core.config.WhiteSpace;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code opentelemetry} section, typed (generations 3 and 4) and flat (1 and 2). */
final class OpenTelemetryRules {

  static final String SECTION = "opentelemetry";
  static final List<String> TRANSPORTS = List.of("http_binary", "grpc");

  /**
   * Names what receives. An endpoint that has it need not say the rest, and where it leads its
   * exporter alone knows.
   */
  static final String BACKEND = "backend";

  private static final List<String> SAID_BY_BACKENDS = List.of("type", "endpoint");

  static final String COLLISION = "observability.unsafe_otel_destination_collision";
  private static final List<String> TYPES = List.of("full", "gen_ai", "openinference");
  private static final List<String> MARK_PROJECTIONS = List.of("inherit", "event", "tool");
  private static final HeaderRules HEADERS = new HeaderRules("OpenTelemetry", null, true);

  /** Endpoint types the exporter adds to Relay's. */
  private final List<String> types;

  OpenTelemetryRules(List<String> exporterTypes) {
    this.types = exporterTypes.isEmpty() ? TYPES : exporterTypes;
  }

  /** What an endpoint must say: its projection and its address, when no backend says them. */
  static ConfigSpec required(ConfigSpec spec, ConfigNode.Table table) {
    boolean endpoint = spec.field("transport") != null;
    if (!endpoint || table.get(BACKEND) != null) {
      return spec;
    }
    List<FieldSpec> fields = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      fields.add(SAID_BY_BACKENDS.contains(field.name()) ? field.asRequired() : field);
    }
    return ConfigSpec.of(fields);
  }

  /** Flat sections; messages name the section as its author does. */
  static SectionRules flat(String name) {
    return section -> {
      section.oneOf("transport", TRANSPORTS, name + " transport must be 'http_binary' or 'grpc'");
      projection(section, name);
      new HeaderRules(name, null, true).check(section);
    };
  }

  void typed(Section section) {
    if (section.has("endpoints") && section.has("traces")) {
      String message = "give either 'endpoints' or 'traces', which mean the same";
      section.reporter().invalid("traces", section.place("traces"), message, null);
    }
    List<Section> endpoints = endpoints(section);
    boolean signal = signal(section, "logs") || signal(section, "metrics");
    List<Section> fileSinks = section.elements("file_sinks");
    if (section.enabled() && endpoints.isEmpty() && fileSinks.isEmpty() && !signal) {
      section.unsupported(
          "endpoints",
          "enabled OpenTelemetry section requires at least one endpoint, one file sink, or an"
              + " enabled log/metric signal");
    }
    fileSinks.forEach(this::fileSink);
    FileSinkRules.distinct(section, fileSinks);
    endpoints.forEach(this::endpoint);
    collisions(endpoints);
    SignalRules.check(section, endpoints);
  }

  /** The trace endpoints; findings call them {@code endpoints} whichever name the author chose. */
  static List<Section> endpoints(Section section) {
    if (!section.has("traces")) {
      return section.elements("endpoints");
    }
    List<Section> traces = section.elements("traces");
    traces.replaceAll(s -> s.about(SECTION, "endpoints" + s.path().substring("traces".length())));
    return traces;
  }

  private static boolean signal(Section section, String name) {
    Section signal = section.inner(name);
    return signal != null && signal.enabled();
  }

  private void fileSink(Section sink) {
    type(sink);
    sink.notBlank(
        "output_directory", "OpenTelemetry file sink output_directory must be a nonblank path");
    sink.oneOf(
        "mode",
        List.of("append", "overwrite"),
        "OpenTelemetry file sink mode must be 'append' or 'overwrite', got \""
            + sink.text("mode")
            + "\"");
    sink.oneOfStrictly(
        "format",
        List.of("json_lines", "proto"),
        "OpenTelemetry file sink format must be 'json_lines' or 'proto'");
    FileSinkRules.file(sink);
    projection(sink, "OpenTelemetry file sink");
  }

  private void endpoint(Section endpoint) {
    type(endpoint);
    endpoint.notBlank("endpoint", "OpenTelemetry endpoint must be a nonblank string");
    endpoint.oneOf(
        "transport",
        TRANSPORTS,
        "OpenTelemetry endpoint transport must be 'http_binary' or 'grpc'");
    projection(endpoint, "OpenTelemetry endpoint");
    for (String field : BatchLimits.faults(endpoint)) {
      endpoint
          .reporter()
          .report(
              Level.WARNING,
              SignalRules.SKIPPED_ENDPOINT,
              endpoint.field(field),
              endpoint.place(field),
              BatchLimits.message(endpoint, field),
              "the endpoint is skipped");
    }
    HEADERS.check(endpoint);
  }

  private void type(Section endpoint) {
    endpoint.oneOfStrictly(
        "type", types, "OpenTelemetry type must be one of " + String.join(", ", types));
  }

  private static void projection(Section section, String label) {
    section.oneOfStrictly(
        "mark_projection",
        MARK_PROJECTIONS,
        label + " mark_projection must be inherit, event, or tool");
    Set<String> aliases = new HashSet<>();
    for (Section mapping : section.elements("attribute_mappings")) {
      String fault = mappingFault(mapping, aliases);
      if (fault != null) {
        section
            .reporter()
            .unsupportedValue(
                section.field("attribute_mappings"), mapping.table().position(), fault, null);
        break;
      }
    }
    for (String key : List.of("promote_metadata_prefixes", "promote_resource_metadata_prefixes")) {
      String fault = PrefixRules.fault(section.texts(key));
      if (fault != null) {
        section.unsupported(key, fault);
      }
    }
  }

  private static @Nullable String mappingFault(Section mapping, Set<String> aliases) {
    String key = mapping.text("key");
    String alias = mapping.text("alias");
    if (key != null && WhiteSpace.isBlank(key)) {
      return "attribute mapping key must not be blank";
    }
    if (alias != null && WhiteSpace.isBlank(alias)) {
      return "attribute mapping alias must not be blank";
    }
    return alias != null && !aliases.add(WhiteSpace.trim(alias))
        ? "attribute mapping alias \"" + alias + "\" is duplicated"
        : null;
  }

  private static void collisions(List<Section> endpoints) {
    for (int i = 0; i < endpoints.size(); i++) {
      for (int j = 0; j < i; j++) {
        collision(endpoints.get(j), endpoints.get(i));
      }
    }
  }

  private static void collision(Section first, Section second) {
    String url = first.text("endpoint");
    String otherUrl = second.text("endpoint");
    String type = first.text("type");
    String otherType = second.text("type");
    String transport = transport(first);
    if (url == null || otherUrl == null || type == null || otherType == null) {
      return;
    }
    if (first.has(BACKEND) || second.has(BACKEND)) {
      return;
    }
    boolean http = !transport.equals("grpc");
    String destination = Urls.destination(otherUrl, http);
    if (type.equals(otherType)
        || !transport.equals(transport(second))
        || !destination.equals(Urls.destination(url, http))) {
      return;
    }
    String message =
        "OpenTelemetry "
            + first.path()
            + " ("
            + type
            + ") and "
            + second.path()
            + " ("
            + otherType
            + ") use the same "
            + transport
            + " destination \""
            + destination
            + "\"; different projection types must use independent destinations";
    second
        .reporter()
        .report(
            Level.ERROR,
            COLLISION,
            second.field("endpoint"),
            second.place("endpoint"),
            message,
            null);
  }

  static String transport(Section endpoint) {
    String transport = endpoint.text("transport");
    return transport == null ? "http_binary" : transport;
  }
}
