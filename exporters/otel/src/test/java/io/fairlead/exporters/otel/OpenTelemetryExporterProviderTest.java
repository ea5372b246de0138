package io.fairlead.exporters.otel;

import static io.fairlead.exporters.otel.Nodes.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Secret;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTelemetryExporterProviderTest {

  private final ExporterProvider provider = new OpenTelemetryExporterProvider();

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(ExporterProvider.class))
        .anyMatch(found -> found instanceof OpenTelemetryExporterProvider);
  }

  @Test
  void checksWithoutLoadingOpenTelemetry() throws Exception {
    ConfigNode.Table document =
        table("endpoints", List.of(table("type", "full", "endpoint", "ftp://x")));
    WithoutOpenTelemetry loader = new WithoutOpenTelemetry();
    ExporterProvider isolated =
        (ExporterProvider)
            loader
                .loadClass(OpenTelemetryExporterProvider.class.getName())
                .getConstructor()
                .newInstance();
    Findings findings = new Findings();
    isolated.validate(ConfigView.of(isolated.configSpec(), document), findings);
    assertThat(findings.seen).containsExactly("endpoints[0].endpoint");
    assertThat(isolated.getClass().getClassLoader()).isSameAs(loader);
  }

  @Test
  void refusesTwoTypesAtOneDestination() {
    Findings findings =
        validate(
            table(
                "endpoints",
                List.of(
                    table("type", "full", "endpoint", "http://Collector:4318"),
                    table("type", "gen_ai", "endpoint", "http://collector:4318/v1/traces"))));
    assertThat(findings.seen).containsExactly("observability.unsafe_otel_destination_collision");
  }

  @Test
  void saysWhatItCannotDo() {
    assertThat(validate(table("enabled", true)).seen).containsExactly("endpoints");
    for (String signal : List.of("metrics", "logs")) {
      assertThat(
              validate(
                      table(
                          "endpoints",
                          List.of(table("type", "full", "endpoint", "http://h/custom")),
                          signal,
                          table("enabled", true)))
                  .seen)
          .containsExactly("observability.invalid_otel_endpoint");
    }
  }

  @Test
  void deliversEverySignalWithHeadersFromEverySource(@TempDir Path directory) throws Exception {
    Map<String, Map<String, List<String>>> requests = new ConcurrentHashMap<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            requests.put(
                exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    try {
      Path secret = Files.writeString(directory.resolve("key"), "from-file\n");
      ConfigNode.Table document =
          table(
              "endpoints",
              List.of(
                  table(
                      "type",
                      "gen_ai",
                      "endpoint",
                      "http://127.0.0.1:" + server.getAddress().getPort(),
                      "headers",
                      table("x-a", "plain"),
                      "header_env",
                      table("x-b", "KEY_B"),
                      "header_file",
                      table("x-c", secret.toString()),
                      "max_export_batch_size",
                      7,
                      "scheduled_delay_millis",
                      20)),
              "metrics",
              table("enabled", true, "export_interval_millis", 1500),
              "logs",
              table("enabled", true, "max_export_batch_size", 9, "scheduled_delay_millis", 30));
      List<Subscriber> subscribers =
          provider.create(
              new TestContext(
                  ConfigView.of(provider.configSpec(), document), Map.of("KEY_B", "from-env")));

      assertThat(subscribers)
          .extracting(Subscriber::name)
          .containsExactly("traces[0]", "metrics[0]", "logs[0]");
      assertThat(subscribers.get(0).settings())
          .isEqualTo(new Subscriber.Settings(7, Duration.ofMillis(20), Duration.ZERO, true));
      assertThat(subscribers.get(1).settings().pushInterval()).isEqualTo(Duration.ofMillis(1500));
      assertThat(subscribers.get(2).settings())
          .isEqualTo(new Subscriber.Settings(9, Duration.ofMillis(30), Duration.ZERO, true));
      for (Subscriber subscriber : subscribers) {
        try (subscriber) {
          subscriber.deliver(
              List.of(
                  Events.call("c", Events.llm().build(), Outcome.UNSET),
                  new Mark(Events.child("m", "mark", Events.T0)),
                  Events.turn("")));
          assertThat(subscriber.push().kind()).isEqualTo(Subscriber.DeliveryResult.Kind.DONE);
        }
      }
      assertThat(requests).containsOnlyKeys("/v1/traces", "/v1/metrics", "/v1/logs");
      assertThat(requests.values())
          .allSatisfy(
              headers ->
                  assertThat(headers)
                      .containsEntry("X-a", List.of("plain"))
                      .containsEntry("X-b", List.of("from-env"))
                      .containsEntry("X-c", List.of("from-file")));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tellsAddressesBesideThoseOfTraces() {
    assertThat(Endpoints.beside("http://h:1/v1/traces", "/v1/logs"))
        .isEqualTo("http://h:1/v1/logs");
    assertThat(Endpoints.beside("http://h/a/v1/traces?k=v", "/v1/logs"))
        .isEqualTo("http://h/a/v1/logs?k=v");
    assertThat(Endpoints.beside("http://h:1/", "/v1/logs")).isEqualTo("http://h:1/v1/logs");
    assertThat(Endpoints.beside("http://h:1/custom", "/v1/logs")).isNull();
  }

  @Test
  void sendsLogsToTheirOwnEndpoints() throws Exception {
    ConfigNode.Table document =
        table(
            "endpoints",
            List.of(table("type", "full", "endpoint", "http://h/custom")),
            "logs",
            table(
                "enabled",
                true,
                "endpoints",
                List.of(
                    table("endpoint", "http://h/logs"),
                    table("endpoint", "http://g:4317", "transport", "grpc"))));
    assertThat(validate(document).seen).isEmpty();
    List<Subscriber> subscribers =
        provider.create(new TestContext(ConfigView.of(provider.configSpec(), document), Map.of()));
    assertThat(subscribers)
        .extracting(Subscriber::name)
        .containsExactly("traces[0]", "logs[0]", "logs[1]");
  }

  @Test
  void refusesFileSinksThatCannotBe() {
    assertThat(
            validate(
                    sinks(
                        table("type", "full", "output_directory", "/d", "filename", "a"),
                        table("type", "gen_ai", "output_directory", "/d/./", "filename", "a")))
                .seen)
        .containsExactly("observability.unsafe_otel_destination_collision");
    for (String name : List.of("a/b", "..", "", " a")) {
      assertThat(
              validate(sinks(table("type", "full", "output_directory", "/d", "filename", name)))
                  .seen)
          .as(name)
          .containsExactly("file_sinks[0].filename");
    }
  }

  @Test
  void writesSpansToFiles(@TempDir Path directory) throws Exception {
    Path inner = directory.resolve("made/when/missing");
    ConfigNode.Table document =
        sinks(
            table("type", "full", "output_directory", inner.toString(), "filename", "t.jsonl"),
            table("type", "gen_ai", "output_directory", inner.toString(), "format", "proto"));
    assertThat(validate(document).seen).isEmpty();
    for (Subscriber subscriber :
        provider.create(
            new TestContext(ConfigView.of(provider.configSpec(), document), Map.of()))) {
      try (subscriber) {
        assertThat(subscriber.deliver(List.of(Events.turn(""))).withState(Map.of()))
            .isEqualTo(Subscriber.DeliveryResult.done(1));
      }
    }
    try (var files = Files.list(inner)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .anyMatch("t.jsonl"::equals)
          .anyMatch(name -> name.matches("fairlead-otlp-\\d{8}T\\d{6}Z\\.otlp\\.pb"))
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void promotesWhereTheEndpointOfTheSignalSaysSo(boolean own) throws Exception {
    try (OtlpSink sink = new OtlpSink()) {
      ConfigNode.Table traces =
          table(
              "type",
              "full",
              "endpoint",
              sink.url() + "/v1/traces",
              "promote_resource_metadata_prefixes",
              List.of("app."));
      ConfigNode.Table logs =
          table(
              "endpoint",
              sink.url() + "/v1/logs",
              "promote_resource_metadata_prefixes",
              List.of("app."));
      ConfigNode.Table document =
          table(
              "enabled",
              true,
              "endpoints",
              List.of(traces),
              "logs",
              own ? table("enabled", true, "endpoints", List.of(logs)) : table("enabled", true));
      for (Subscriber subscriber :
          provider.create(
              new TestContext(ConfigView.of(provider.configSpec(), document), Map.of()))) {
        try (subscriber) {
          subscriber.deliver(Signals.events("promoted-resource"));
        }
      }
      assertThat(sink.requests())
          .filteredOn(request -> request.path().equals("/v1/logs"))
          .singleElement()
          .satisfies(request -> assertThat(promotes(request.body())).isEqualTo(own));
    }
  }

  private static boolean promotes(byte[] logs) throws IOException {
    return ExportLogsServiceRequest.parseFrom(logs).getResourceLogsList().stream()
        .flatMap(resource -> resource.getResource().getAttributesList().stream())
        .anyMatch(attribute -> attribute.getKey().equals("app.tenant"));
  }

  private static ConfigNode.Table sinks(ConfigNode.Table... sinks) {
    return table("enabled", true, "file_sinks", List.of(sinks));
  }

  @Test
  void namesTheMissingVariableOfAHeader() {
    ConfigNode.Table document =
        table("endpoints", List.of(table("type", "full", "header_env", table("x-b", "NOT_SET"))));
    assertThatThrownBy(
            () ->
                provider.create(
                    new TestContext(ConfigView.of(provider.configSpec(), document), Map.of())))
        .hasMessage("header 'x-b': the variable NOT_SET is not set");
  }

  @Test
  void fallsBackToVariablesThenDefaults() throws Exception {
    ConfigView bare =
        ConfigView.of(provider.configSpec(), table("endpoints", List.of(table("type", "full"))))
            .tables("endpoints")
            .get(0);
    assertThat(read(bare, Map.of(), true).endpoint()).isEqualTo("http://localhost:4318/v1/traces");
    OpenTelemetryConfig general =
        read(
            bare,
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4318/",
                "OTEL_EXPORTER_OTLP_HEADERS", "x-a=1%202,x-b=3",
                "OTEL_SERVICE_NAME", "svc",
                "OTEL_BSP_SCHEDULE_DELAY", "77"),
            true);
    assertThat(general.endpoint()).isEqualTo("http://otel:4318/v1/traces");
    assertThat(general.headers()).containsEntry("x-a", Secret.of("1 2"));
    assertThat(general.linger()).isEqualTo(Duration.ofMillis(77));
    assertThat(general.resourceAttributes()).containsEntry("service.name", "svc");
    assertThat(general.toString()).contains("x-a").doesNotContain("1 2");
    OpenTelemetryConfig own =
        read(
            bare,
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4318",
                "OTEL_EXPORTER_OTLP_HEADERS", "x-a=1",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces/x"),
            false);
    assertThat(own.endpoint()).isEqualTo("http://traces/x");
    assertThat(own.headers()).isEmpty();
  }

  @Test
  void readsTheBatchVariablesOfLogs() {
    Map<String, String> variables =
        Map.of("OTEL_BLRP_SCHEDULE_DELAY", "88", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "9");
    ConfigView bare = ConfigView.of(provider.configSpec(), table()).table("logs");
    OpenTelemetryConfig config = OpenTelemetryConfig.httpBinary("s");
    new EndpointReader(new TestContext(bare, variables)).logBatch(config, bare);
    assertThat(config.linger()).isEqualTo(Duration.ofMillis(88));
    assertThat(config.maxBatch()).isEqualTo(9);
    ConfigView given =
        ConfigView.of(provider.configSpec(), table("logs", table("scheduled_delay_millis", 5)))
            .table("logs");
    new EndpointReader(new TestContext(given, variables)).logBatch(config, given);
    assertThat(config.linger()).isEqualTo(Duration.ofMillis(5));
  }

  private static OpenTelemetryConfig read(
      ConfigView endpoint, Map<String, String> variables, boolean alone) throws Exception {
    return new EndpointReader(new TestContext(endpoint, variables)).traces(endpoint, alone);
  }

  private Findings validate(ConfigNode.Table document) {
    Findings findings = new Findings();
    provider.validate(ConfigView.of(provider.configSpec(), document), findings);
    return findings;
  }

  private static final class Findings implements ValidationContext {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void unsupportedValue(
        String field, @Nullable ConfigNode at, String message, @Nullable String hint) {
      seen.add(field);
    }

    @Override
    public void report(
        Level level,
        String code,
        @Nullable String field,
        @Nullable ConfigNode at,
        String message,
        @Nullable String hint) {
      seen.add(code);
    }

    @Override
    public @Nullable String environment(String name) {
      return null;
    }
  }

  /** Loads the exporter's classes anew and nothing of OpenTelemetry at all. */
  private static final class WithoutOpenTelemetry extends ClassLoader {

    WithoutOpenTelemetry() {
      super(OpenTelemetryExporterProviderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.opentelemetry.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.fairlead.exporters.otel.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
