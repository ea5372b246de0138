package io.fairlead.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scrapes over a real socket. */
class PrometheusExporterTest {

  private final PrometheusExporterProvider provider = new PrometheusExporterProvider();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<Subscriber> open = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    open.forEach(Subscriber::close);
  }

  @Test
  void showsCountersUnderTheirDocumentedNames() throws Exception {
    URI metrics = start(new ConfigNode.Text("auto", null)).resolve("/metrics");
    String text = get(metrics, "text/plain").body();

    assertThat(text.lines())
        .contains(
            "fairlead_tokens_total{agent_id=\"main\",fairlead_token_bucket=\"input\","
                + "model=\"gpt-4o-mini\",provider=\"openai\",runtime=\"hermes\"} 100.0",
            "fairlead_calls_total{agent_id=\"main\",model=\"gpt-4o-mini\",outcome=\"ok\","
                + "provider=\"openai\",runtime=\"hermes\"} 1.0",
            "fairlead_cost_total{agent_id=\"main\",currency=\"USD\",model=\"gpt-4o-mini\","
                + "provider=\"openai\",runtime=\"hermes\",status=\"estimated\"} 0.25",
            "fairlead_export_delivered_total{subscriber=\"spans\"} 5.0",
            "fairlead_events_total 9.0");
    assertThat(text)
        .contains("gen_ai_client_operation_duration_seconds_bucket{")
        .contains("gen_ai_client_token_usage_count{")
        .doesNotContain("otel_scope")
        .doesNotContain("target_info")
        .doesNotContain("sess-1");
  }

  @Test
  void helpsWithEveryMetric() throws Exception {
    String text =
        get(start(new ConfigNode.Text("auto", null)).resolve("/metrics"), "text/plain").body();
    Set<String> typed = new HashSet<>();
    Set<String> helped = new HashSet<>();
    text.lines()
        .forEach(
            line -> {
              String[] words = line.split(" ", 4);
              if (line.startsWith("# TYPE ")) {
                typed.add(words[2]);
              } else if (line.startsWith("# HELP ") && words.length == 4) {
                helped.add(words[2]);
              }
            });
    assertThat(typed).isNotEmpty().isEqualTo(helped);
  }

  @Test
  void showsWhatMarksMeasure() throws Exception {
    URI metrics = start(new ConfigNode.Text("auto", null)).resolve("/metrics");
    open.get(0)
        .deliver(
            List.of(
                mark(
                    measurement("My.App/queue-depth", "gauge", "i64", "-4", "\"a.b\":\"x\""),
                    measurement("app.saved", "counter", "u64", "42", "\"n\":1,\"t\":true")),
                mark(measurement("app_saved", "gauge", "u64", "7", "")),
                mark(measurement("app.saved_total", "gauge", "u64", "8", "")),
                mark(measurement("app.took", "histogram", "f64", "1.5", "")),
                mark(measurement("app.took_count", "gauge", "u64", "9", "")),
                mark(measurement("target.info", "gauge", "u64", "9", "")),
                mark(measurement("fairlead_tokens", "counter", "u64", "5", ""))));
    HttpResponse<String> scraped = get(metrics, "text/plain");
    assertThat(scraped.statusCode()).isEqualTo(200);
    assertThat(scraped.body().lines())
        .contains("my_app_queue_depth{a_b=\"x\"} -4.0", "app_saved_total{n=\"1\",t=\"true\"} 42.0")
        .contains("app_took_count 1", "app_took_sum 1.5")
        .contains(
            "fairlead_calls_total{agent_id=\"main\",model=\"gpt-4o-mini\",outcome=\"ok\","
                + "provider=\"openai\",runtime=\"hermes\"} 1.0")
        .noneMatch(line -> line.startsWith("fairlead_tokens ") || line.startsWith("target_info"));
    assertThat(
            scraped
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' '))))
        .doesNotHaveDuplicates();
    assertThat(scraped.body()).contains("# HELP app_saved_total Measured by marks.");
    assertThat(diagnostics)
        .extracting(Diagnostic::code)
        .containsExactly("prometheus.listening", "otel.metric_descriptor_conflict");
  }

  private static Event mark(String... measurements) {
    UUID uuid = StableIds.uuid("test", String.join("", measurements));
    return new Mark(
        new EventHeader(
            uuid,
            null,
            uuid,
            0,
            "mark",
            Origin.of("relay"),
            new Json("{\"measurements\":[" + String.join(",", measurements) + "]}"),
            null,
            new DataSchema("nemo.relay.metric_measurements", "1"),
            null));
  }

  private static String measurement(
      String name, String kind, String type, String value, String attributes) {
    return "{\"name\":\"%s\",\"kind\":\"%s\",\"value_type\":\"%s\",\"value\":%s,\"attributes\":{%s}}"
        .formatted(name, kind, type, value, attributes);
  }

  @Test
  void negotiatesFormAndCompression() throws Exception {
    URI metrics = start(new ConfigNode.Text("auto", null)).resolve("/metrics");
    assertThat(get(metrics, "application/openmetrics-text; version=1.0.0").body())
        .endsWith("# EOF\n");
    HttpResponse<byte[]> packed =
        client.send(
            HttpRequest.newBuilder(metrics).header("Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
          .contains("fairlead_calls_total");
    }
  }

  @Test
  void answersNothingElse() throws Exception {
    URI base = start(new ConfigNode.Text("auto", null));
    assertThat(get(base.resolve("/"), "text/plain").statusCode()).isEqualTo(404);
    assertThat(get(base.resolve("/metrics/x"), "text/plain").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(base.resolve("/metrics"))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(405);
    HttpRequest head =
        HttpRequest.newBuilder(base.resolve("/metrics"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(head, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Subscriber subscriber = create(new ConfigNode.Integer(taken.getLocalPort(), null)).get(0);
      assertThatThrownBy(() -> subscriber.start(new NoState()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("prometheus.port_in_use");
      assertThat(diagnostics)
          .extracting(Diagnostic::code)
          .containsExactly("prometheus.port_in_use");
    }
  }

  @Test
  void isSwitchedOffByAPortOfZeroOrNone() {
    assertThat(create(new ConfigNode.Integer(0, null))).isEmpty();
    assertThat(create(new ConfigNode.Text("", null))).isEmpty();
    assertThat(create(null)).hasSize(1);
  }

  private URI start(ConfigNode port) throws Exception {
    Subscriber subscriber = create(port).get(0);
    open.add(subscriber);
    subscriber.start(new NoState());
    subscriber.deliver(List.of(call()));
    String message = diagnostics.get(0).message();
    assertThat(diagnostics.get(0).code()).isEqualTo("prometheus.listening");
    return URI.create(message.substring(message.indexOf("http://")));
  }

  private List<Subscriber> create(@Nullable ConfigNode port) {
    Map<String, ConfigNode.Entry> entries =
        port == null ? Map.of() : Map.of("port", new ConfigNode.Entry(null, port));
    return provider.create(
        new Context(
            ConfigView.of(provider.configSpec(), new ConfigNode.Table(entries, null)),
            diagnostics::add));
  }

  private HttpResponse<String> get(URI uri, String accept) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri).header("Accept", accept).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Event call() {
    UUID uuid = StableIds.uuid("test", "call");
    EventHeader start =
        new EventHeader(
            uuid,
            null,
            uuid,
            1_772_359_200_000_000_000L,
            "openai",
            new Origin("hermes", "hermes", "main", "sess-1", null, null, Origin.UNKNOWN_TIME));
    LlmProfile profile =
        LlmProfile.builder()
            .provider("openai")
            .requestModel("gpt-4o-mini")
            .usage(TokenUsage.of(100, 0, 0, 10, 0))
            .cost(
                new Cost(new BigDecimal("0.25"), "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG))
            .build();
    return new ScopeEnd(
        start.at(start.timeNanos() + 2_000_000_000L, null),
        new ScopeStart(start, ScopeCategory.LLM, profile),
        profile,
        Outcome.UNSET,
        TimeQuality.EXACT,
        false);
  }

  private static final class NoState implements SourceState {
    @Override
    public byte @Nullable [] get(String key) {
      return null;
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {}
  }

  private record Context(ConfigView config, DiagnosticSink diagnostics)
      implements ComponentContext {
    @Override
    public String instance() {
      return "prometheus";
    }

    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public @Nullable String environment(String name) {
      return null;
    }

    @Override
    public boolean readsEverything() {
      return false;
    }

    @Override
    public KernelStatus kernel() {
      return new KernelStatus() {
        @Override
        public List<SubscriberStatus> subscribers() {
          return List.of(new SubscriberStatus("spans", 5, 0, 0, 0, null));
        }

        @Override
        public long events() {
          return 9;
        }

        @Override
        public long dropped() {
          return 0;
        }
      };
    }
  }
}
