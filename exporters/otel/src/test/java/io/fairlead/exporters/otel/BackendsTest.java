package io.fairlead.exporters.otel;

import static io.fairlead.exporters.otel.Nodes.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.backend.Backend;
import io.fairlead.exporters.otel.backend.Backends;
import io.fairlead.exporters.otel.delivery.Signal;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.StableIds;
import io.fairlead.testkit.RecordingValidation;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints that name a backend, up to the requests that arrive. */
class BackendsTest {

  private static final OpenTelemetryExporterProvider PROVIDER = new OpenTelemetryExporterProvider();

  private OtlpSink sink;

  @BeforeEach
  void open() throws Exception {
    sink = new OtlpSink();
  }

  @AfterEach
  void close() {
    sink.close();
  }

  /** Paths of traces, metrics and logs, where there are any; temporality; compression; type. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "collector, /v1/traces, /v1/metrics, /v1/logs, CUMULATIVE, -, gen_ai",
        "jaeger, /v1/traces, -, -, -, -, gen_ai",
        "tempo, /v1/traces, -, -, -, -, gen_ai",
        "phoenix, /v1/traces, -, -, -, -, openinference",
        "mlflow, /v1/traces, -, -, -, -, gen_ai",
        "langfuse, /api/public/otel/v1/traces, -, -, -, gzip, gen_ai",
        "dynatrace, /api/v2/otlp/v1/traces, /api/v2/otlp/v1/metrics, /api/v2/otlp/v1/logs, DELTA,"
            + " gzip, gen_ai",
        "grafana-cloud, /otlp/v1/traces, /otlp/v1/metrics, /otlp/v1/logs, CUMULATIVE, gzip, gen_ai",
        "honeycomb, /v1/traces, /v1/metrics, /v1/logs, CUMULATIVE, gzip, gen_ai",
        "newrelic, /v1/traces, /v1/metrics, /v1/logs, DELTA, gzip, gen_ai",
        "datadog, /v1/traces, /v1/metrics, /v1/logs, DELTA, gzip, gen_ai",
        "datadog-agent, /v1/traces, /v1/metrics, /v1/logs, DELTA, -, gen_ai",
        "signoz, /v1/traces, /v1/metrics, /v1/logs, CUMULATIVE, -, gen_ai",
        "splunk, /v2/trace/otlp, /v2/datapoint/otlp, -, DELTA, gzip, gen_ai",
        "elastic, /v1/traces, /v1/metrics, /v1/logs, DELTA, gzip, gen_ai",
      })
  void sendsWhatABackendTakesAsItTakesIt(
      String name,
      String traces,
      @Nullable String metrics,
      @Nullable String logs,
      @Nullable String temporality,
      @Nullable String compression,
      String type)
      throws Exception {
    deliver(
        table(
            "endpoints",
            List.of(
                table("backend", name, "endpoint", sink.url(), "headers", headers(name, "secret"))),
            "metrics",
            table("enabled", true),
            "logs",
            table("enabled", true)));

    List<String> expected = Stream.of(traces, metrics, logs).filter(path -> path != null).toList();
    assertThat(sink.requests())
        .extracting(OtlpSink.Request::path)
        .containsExactlyInAnyOrderElementsOf(expected);
    Backend backend = backend(name);
    for (OtlpSink.Request request : sink.requests()) {
      assertThat(request.headers().get("Content-Encoding")).isEqualTo(compression);
      backend
          .headers()
          .forEach(header -> assertThat(request.headers()).containsEntry(header.name(), "secret"));
      assertThat(request.headers()).containsAllEntriesOf(backend.constants());
      if (request.path().equals(metrics)) {
        assertThat(request.temporalities())
            .containsExactly(
                AggregationTemporality.valueOf("AGGREGATION_TEMPORALITY_" + temporality));
      } else if (request.path().equals(traces)) {
        assertThat(attributes(request))
            .containsKey(
                type.equals("gen_ai") ? "gen_ai.operation.name" : "openinference.span.kind");
      }
    }
  }

  @Test
  void everyBackendIsTriedOut() {
    assertThat(Backends.names())
        .as("the rows of the test above and of the next")
        .containsExactly(
            "collector",
            "jaeger",
            "tempo",
            "phoenix",
            "mlflow",
            "langfuse",
            "prometheus-otlp",
            "dynatrace",
            "grafana-cloud",
            "honeycomb",
            "newrelic",
            "datadog",
            "datadog-agent",
            "signoz",
            "splunk",
            "elastic");
  }

  @Test
  void eachEndpointOfMetricsHasTheTemporalityOfItsBackend() throws Exception {
    deliver(
        table(
            "metrics",
            table(
                "enabled",
                true,
                "endpoints",
                List.of(
                    table("backend", "prometheus-otlp", "endpoint", sink.url()),
                    table(
                        "backend",
                        "dynatrace",
                        "endpoint",
                        sink.url(),
                        "headers",
                        headers("dynatrace", "x"))))));
    Map<String, Set<AggregationTemporality>> byPath = new TreeMap<>();
    for (OtlpSink.Request request : sink.requests()) {
      byPath.put(request.path(), request.temporalities());
    }
    assertThat(byPath)
        .isEqualTo(
            Map.of(
                "/api/v1/otlp/v1/metrics",
                Set.of(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE),
                "/api/v2/otlp/v1/metrics",
                Set.of(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)));
  }

  @Test
  void whatTheDocumentSaysIsDone() throws Exception {
    deliver(
        table(
            "endpoints",
            List.of(
                table(
                    "backend",
                    "langfuse",
                    "type",
                    "openinference",
                    "compression",
                    "none",
                    "endpoint",
                    sink.url() + "/proxy/",
                    "headers",
                    table("X-Langfuse-Ingestion-Version", "3", "authorization", "Basic x")))));
    OtlpSink.Request request = sink.requests().get(0);
    assertThat(request.path()).isEqualTo("/proxy/v1/traces");
    assertThat(request.headers())
        .containsEntry("x-langfuse-ingestion-version", "3")
        .doesNotContainKey("Content-Encoding");
    assertThat(attributes(request)).containsKey("openinference.span.kind");

    deliver(
        table(
            "endpoints",
            List.of(table("backend", "datadog-agent", "endpoint", sink.url())),
            "metrics",
            table("enabled", true, "temporality", "cumulative")));
    assertThat(sink.requests().get(2).temporalities())
        .containsExactly(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
  }

  @Test
  void anEndpointMayHaveATemporalityOfItsOwn() throws Exception {
    deliver(
        table(
            "metrics",
            table(
                "enabled",
                true,
                "endpoints",
                List.of(
                    table("endpoint", sink.url() + "/a/v1/metrics", "temporality", "delta"),
                    table("endpoint", sink.url() + "/b/v1/metrics")))));
    Map<String, Set<AggregationTemporality>> sent = new TreeMap<>();
    for (OtlpSink.Request request : sink.requests()) {
      sent.put(request.path(), request.temporalities());
    }
    assertThat(sent)
        .containsEntry(
            "/a/v1/metrics", Set.of(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA))
        .containsEntry(
            "/b/v1/metrics", Set.of(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE));
  }

  @Test
  void tracesOfPhoenixGoToTheProjectOfTheirService() throws Exception {
    for (Object[] own : new Object[][] {{}, {"openinference.project.name", "p2"}}) {
      deliver(
          table(
              "endpoints",
              List.of(
                  table(
                      "backend",
                      "phoenix",
                      "endpoint",
                      sink.url(),
                      "service_name",
                      "agents",
                      "resource_attributes",
                      table(own)))));
    }
    List<String> projects = new ArrayList<>();
    for (OtlpSink.Request request : sink.requests()) {
      for (ResourceSpans spans : request.spans()) {
        spans.getResource().getAttributesList().stream()
            .filter(attribute -> attribute.getKey().equals("openinference.project.name"))
            .forEach(attribute -> projects.add(attribute.getValue().getStringValue()));
      }
    }
    assertThat(projects).containsExactly("agents", "p2");
  }

  /** MLflow refuses all of a request for one session id of more than 250 characters. */
  @Test
  void aLongSessionIdPoisonsNoRequestOfMlflow() throws Exception {
    UUID uuid = StableIds.uuid("test", "long");
    Origin origin = new Origin("r", "r", "main", "s".repeat(300), null, null, Origin.UNKNOWN_TIME);
    Event turn =
        Events.end(
            new EventHeader(uuid, null, uuid, Events.T0, "main", origin),
            ScopeCategory.AGENT,
            AgentProfile.of("main", TurnKind.USER),
            Outcome.UNSET,
            1);
    deliver(
        table(
            "endpoints",
            List.of(
                table(
                    "backend",
                    "mlflow",
                    "endpoint",
                    sink.url(),
                    "headers",
                    headers("mlflow", "1")))),
        List.of(turn));
    assertThat(attributes(sink.requests().get(0)))
        .containsEntry("session.id", "s".repeat(250))
        .containsEntry("gen_ai.conversation.id", "s".repeat(250));
  }

  @Test
  void requestsStaySmallEnough() throws Exception {
    List<Event> turns = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      turns.add(Events.turn("turn " + i));
    }
    deliver(
        table(
            "endpoints",
            List.of(
                table(
                    "backend",
                    "newrelic",
                    "endpoint",
                    sink.url(),
                    "headers",
                    headers("newrelic", "k")))),
        turns);
    assertThat(sink.requests())
        .hasSizeGreaterThan(1)
        .allSatisfy(request -> assertThat(request.body()).hasSizeLessThan(1_000_000));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "collector, http_binary, -, -, TRACES, http://localhost:4318/v1/traces",
        "collector, grpc, -, -, TRACES, http://localhost:4317",
        "phoenix, http_binary, -, -, TRACES, http://localhost:6006/v1/traces",
        "mlflow, http_binary, -, -, TRACES, http://localhost:5000/v1/traces",
        "prometheus-otlp, http_binary, -, -, METRICS, http://localhost:9090/api/v1/otlp/v1/metrics",
        "dynatrace, http_binary, abc1, -, LOGS,"
            + " https://abc1.live.dynatrace.com/api/v2/otlp/v1/logs",
        "dynatrace, http_binary, abc1, https://a:9999/e/x/api/v2/otlp/, LOGS,"
            + " https://a:9999/e/x/api/v2/otlp/v1/logs",
        "dynatrace, http_binary, -, -, TRACES, -",
        "dynatrace, http_binary, evil.test/, -, TRACES, -",
        "grafana-cloud, http_binary, prod-eu-west-0, -, METRICS,"
            + " https://otlp-gateway-prod-eu-west-0.grafana.net/otlp/v1/metrics",
        "honeycomb, grpc, eu1, -, TRACES, https://api.eu1.honeycomb.io",
        "newrelic, http_binary, -, -, TRACES, https://otlp.nr-data.net/v1/traces",
        "newrelic, http_binary, eu01, -, TRACES, https://otlp.eu01.nr-data.net/v1/traces",
        "datadog, http_binary, datadoghq.eu, -, METRICS, https://otlp.datadoghq.eu/v1/metrics",
        "signoz, http_binary, -, -, LOGS, http://localhost:4318/v1/logs",
        "signoz, grpc, eu, -, LOGS, https://ingest.eu.signoz.cloud:443",
        "splunk, http_binary, us1, -, METRICS, https://ingest.us1.signalfx.com:443/v2/datapoint/otlp",
        "splunk, grpc, us1, -, TRACES, https://ingest.us1.signalfx.com:443",
        "langfuse, http_binary, us, -, TRACES,"
            + " https://us.cloud.langfuse.com/api/public/otel/v1/traces",
        "collector, http_binary, -, http://h:4318/v1/traces, METRICS, http://h:4318/v1/metrics",
        "collector, http_binary, -, http://h:4318/v1/traces/?k=v, LOGS, http://h:4318/v1/logs?k=v",
        "prometheus-otlp, http_binary, -, http://h/v1/metrics, METRICS, http://h/v1/metrics",
        "splunk, http_binary, -, https://h/v2/trace/otlp, METRICS, https://h/v2/datapoint/otlp",
        "elastic, http_binary, -, -, TRACES, -",
      })
  void knowsWhereBackendsAre(
      String backend,
      String transport,
      @Nullable String site,
      @Nullable String endpoint,
      Signal signal,
      @Nullable String expected) {
    assertThat(backend(backend).address(endpoint, site, transport.equals("grpc"), signal))
        .isEqualTo(expected);
  }

  static Stream<Case> cases() {
    ConfigNode.Table on = table("enabled", true);
    return Stream.of(
        new Case("local backends need nothing more", traces("backend", "jaeger")),
        new Case(
            "without a backend a type is needed",
            traces("endpoint", "http://h"),
            "ERROR observability.invalid_plugin_config endpoints[0].type"),
        new Case(
            "gRPC where there is none",
            traces("backend", "langfuse", "transport", "grpc", "headers", headers("langfuse", "x")),
            "ERROR observability.backend_protocol endpoints[0].transport"),
        new Case(
            "gRPC with a path",
            traces("backend", "tempo", "transport", "grpc", "endpoint", "http://h:4317/otlp"),
            "ERROR observability.backend_endpoint_path endpoints[0].endpoint"),
        new Case(
            "the path of a signal",
            traces("backend", "tempo", "endpoint", "http://h:4318/v1/traces"),
            "WARNING observability.backend_endpoint_path endpoints[0].endpoint"),
        new Case(
            "no header and no address",
            traces("backend", "dynatrace"),
            "ERROR observability.backend_endpoint_missing endpoints[0].backend",
            "ERROR observability.backend_header_missing endpoints[0].headers.Authorization"),
        new Case(
            "a header of any kind and in any case",
            traces("backend", "dynatrace", "site", "a", "header_env", table("authorization", "V"))),
        new Case(
            "a header that only the cloud asks for",
            traces("backend", "signoz", "site", "eu"),
            "ERROR observability.backend_header_missing endpoints[0].headers.signoz-ingestion-key"),
        new Case("and that a server of one's own does not", traces("backend", "signoz")),
        new Case(
            "a site that is none",
            traces("backend", "newrelic", "site", "x/y", "headers", headers("newrelic", "x")),
            "ERROR opentelemetry.unsupported_value endpoints[0].site"),
        new Case(
            "a site where there are none",
            traces("backend", "jaeger", "site", "eu"),
            "ERROR opentelemetry.unsupported_value endpoints[0].site"),
        new Case(
            "traces to a backend of metrics",
            traces("backend", "prometheus-otlp"),
            "ERROR observability.backend_signal endpoints[0].backend"),
        new Case(
            "metrics by name to a backend of traces",
            table("metrics", table("endpoints", List.of(table("backend", "mlflow")))),
            "ERROR observability.backend_signal metrics.endpoints[0].backend"),
        new Case(
            "metrics that nobody takes",
            table("endpoints", List.of(table("backend", "jaeger")), "metrics", on),
            "WARNING observability.backend_signal metrics.enabled"),
        new Case(
            "logs that one of two takes",
            table(
                "endpoints",
                List.of(table("backend", "jaeger"), table("type", "full", "endpoint", "http://h")),
                "logs",
                on)),
        new Case(
            "cumulative where only delta is taken",
            metrics("cumulative", "backend", "dynatrace", "site", "a"),
            "ERROR observability.backend_temporality metrics.temporality"),
        new Case(
            "delta where only cumulative is taken",
            metrics("delta", "backend", "prometheus-otlp"),
            "ERROR observability.backend_temporality metrics.temporality"),
        new Case(
            "low memory, which is delta",
            metrics("low_memory", "backend", "prometheus-otlp"),
            "ERROR observability.backend_temporality metrics.temporality"),
        new Case(
            "cumulative where delta is better",
            metrics("cumulative", "backend", "datadog-agent"),
            "WARNING observability.backend_temporality metrics.temporality"),
        new Case(
            "delta for one endpoint where only cumulative is taken",
            metrics("delta", "backend", "prometheus-otlp", "temporality", "low_memory"),
            "ERROR observability.backend_temporality metrics.endpoints[0].temporality"),
        new Case(
            "cumulative for one endpoint where delta is better",
            metrics("delta", "backend", "datadog-agent", "temporality", "cumulative"),
            "WARNING observability.backend_temporality metrics.endpoints[0].temporality"),
        new Case(
            "an endpoint that says for itself what its backend wants",
            metrics("delta", "backend", "prometheus-otlp", "temporality", "cumulative")),
        new Case(
            "a header that is advised for metrics",
            metrics("delta", "backend", "honeycomb"),
            "WARNING observability.backend_header_missing"
                + " metrics.endpoints[0].headers.x-honeycomb-dataset"),
        new Case(
            "the same metrics twice",
            table(
                "endpoints",
                List.of(
                    table("backend", "collector", "endpoint", "http://h:4318"),
                    table("backend", "signoz", "endpoint", "http://h:4318/")),
                "metrics",
                on),
            "ERROR opentelemetry.unsupported_value metrics.endpoints"),
        new Case(
            "two projections at one address",
            table(
                "endpoints",
                List.of(
                    table("backend", "phoenix", "endpoint", "http://h/"),
                    table("type", "full", "endpoint", "http://h/v1/traces"))),
            "ERROR observability.unsafe_otel_destination_collision endpoints[1]"));
  }

  private record Case(String name, ConfigNode.Table document, String... findings) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsWhatCannotWork(Case given) {
    assertThat(findings(given.document(), Map.of())).containsExactly(given.findings());
  }

  @Test
  void variablesCountAsInUse() {
    assertThat(
            findings(
                traces("backend", "elastic"),
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "https://motlp.test",
                    "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=ApiKey%20x")))
        .isEmpty();
  }

  private static List<String> findings(ConfigNode.Table document, Map<String, String> variables) {
    RecordingValidation validation = new RecordingValidation("opentelemetry", variables);
    PROVIDER.validate(ConfigView.of(PROVIDER.configSpec(), document), validation);
    return validation.findings().stream()
        .map(finding -> finding.level() + " " + finding.code() + " " + finding.field())
        .toList();
  }

  private static ConfigNode.Table traces(Object... endpoint) {
    return table("endpoints", List.of(table(endpoint)));
  }

  /** Metrics to one endpoint that has the headers its backend requires. */
  private static ConfigNode.Table metrics(String temporality, Object... endpoint) {
    List<Object> entries = new ArrayList<>(List.of(endpoint));
    Map<String, Object> headers = new TreeMap<>();
    backend((String) endpoint[1]).headers().stream()
        .filter(Backend.Header::required)
        .forEach(header -> headers.put(header.name(), "x"));
    entries.add("headers");
    entries.add(entries(headers));
    return table(
        "metrics",
        table(
            "enabled",
            true,
            "temporality",
            temporality,
            "endpoints",
            List.of(table(entries.toArray()))));
  }

  private static ConfigNode.Table headers(String backend, String value) {
    Map<String, Object> headers = new TreeMap<>();
    backend(backend).headers().forEach(header -> headers.put(header.name(), value));
    return entries(headers);
  }

  private static ConfigNode.Table entries(Map<String, Object> values) {
    List<Object> entries = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          entries.add(key);
          entries.add(value);
        });
    return table(entries.toArray());
  }

  private static Backend backend(String name) {
    Backend backend = Backends.named(name);
    if (backend == null) {
      throw new AssertionError("no backend " + name.toUpperCase(Locale.ROOT));
    }
    return backend;
  }

  private void deliver(ConfigNode.Table document) throws Exception {
    deliver(
        document,
        List.of(
            Events.call("c", Events.llm().build(), Outcome.UNSET),
            new Mark(Events.child("m", "mark", Events.T0)),
            Events.turn("")));
  }

  private static void deliver(ConfigNode.Table document, List<Event> events) throws Exception {
    List<Subscriber> subscribers =
        PROVIDER.create(new TestContext(ConfigView.of(PROVIDER.configSpec(), document), Map.of()));
    for (Subscriber subscriber : subscribers) {
      try (subscriber) {
        assertThat(subscriber.deliver(events).kind()).isEqualTo(DeliveryResult.Kind.DONE);
        assertThat(subscriber.push().kind()).isEqualTo(DeliveryResult.Kind.DONE);
      }
    }
  }

  /** The texts of all spans of a request by name. */
  private static Map<String, String> attributes(OtlpSink.Request request) throws Exception {
    Map<String, String> attributes = new TreeMap<>();
    for (ResourceSpans resource : request.spans()) {
      for (var scope : resource.getScopeSpansList()) {
        for (var span : scope.getSpansList()) {
          for (KeyValue attribute : span.getAttributesList()) {
            attributes.put(attribute.getKey(), attribute.getValue().getStringValue());
          }
        }
      }
    }
    return attributes;
  }
}
