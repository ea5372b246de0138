package io.fairlead.exporters.otel.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.Subscriber.DeliveryResult.Kind;
import io.fairlead.spi.config.Secret;
import io.fairlead.testkit.RecordingDiagnostics;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of a server means. */
class OtlpHttpDeliveryTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private record Scripted(int code, String type, byte[] body, Map<String, String> headers) {}

  private final Queue<Scripted> script = new ArrayDeque<>();
  private final List<ExportTraceServiceRequest> received = new ArrayList<>();
  private final List<Map<String, List<String>>> headers = new ArrayList<>();
  private final RecordingDiagnostics remarks = new RecordingDiagnostics();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void deliversSpansAndCountsThem() throws Exception {
    assertThat(deliver(3)).isEqualTo(DeliveryResult.done(3));
    assertThat(names(0)).containsExactly("span-0", "span-1", "span-2");
    assertThat(headers.get(0))
        .containsEntry("Content-type", List.of("application/x-protobuf"))
        .containsEntry("X-key", List.of("s3cret"))
        .doesNotContainKey("Expect");
  }

  @Test
  void sendsNothingForAnEmptyBatch() throws Exception {
    assertThat(deliver(0)).isEqualTo(DeliveryResult.done(0));
    assertThat(received).isEmpty();
  }

  @Test
  void compressesWhenAsked() throws Exception {
    try (OtlpDelivery<SpanData> delivery = delivery(url(), true, Duration.ofSeconds(5))) {
      assertThat(delivery.deliver(Spans.of(2)).delivered()).isEqualTo(2);
    }
    assertThat(headers.get(0)).containsEntry("Content-encoding", List.of("gzip"));
    assertThat(names(0)).hasSize(2);
  }

  @Test
  void reportsWhatAPartialSuccessRejected() throws Exception {
    byte[] body =
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(2)
                    .setErrorMessage("too old"))
            .build()
            .toByteArray();
    script.add(new Scripted(200, "application/x-protobuf", body, Map.of()));
    assertThat(deliver(5)).isEqualTo(DeliveryResult.rejected(3, 2, "too old"));
  }

  @Test
  void understandsAnswersInJson() throws Exception {
    script.add(
        json(200, "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"bad\"}}"));
    assertThat(deliver(2)).isEqualTo(DeliveryResult.rejected(1, 1, "bad"));
    script.add(json(200, "{}"));
    assertThat(deliver(2)).isEqualTo(DeliveryResult.done(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 408, 415, 429, 500, 501, 502, 503, 504})
  void keepsWhatTimeOrAnOperatorCanMend(int code) throws Exception {
    script.add(new Scripted(code, "text/plain", bytes("go away"), Map.of()));
    DeliveryResult result = deliver(2);
    assertThat(result.kind()).isEqualTo(Kind.RETRY);
    assertThat(result.reason()).isEqualTo("HTTP " + code + ": go away");
    assertThat(received).hasSize(1);
  }

  @Test
  void passesOnThePauseTheServerAsksFor() throws Exception {
    script.add(new Scripted(429, "", new byte[0], Map.of("Retry-After", "7")));
    assertThat(deliver(1).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    script.add(
        new Scripted(503, "", new byte[0], Map.of("Retry-After", "Sat, 21 Nov 2026 12:00:30 GMT")));
    assertThat(deliver(1).retryAfter()).isEqualTo(Duration.ofSeconds(30));
    script.add(new Scripted(503, "", new byte[0], Map.of("Retry-After", "soon")));
    assertThat(deliver(1).retryAfter()).isNull();
  }

  @Test
  void givesUpWhatIsTooLargeAlone() throws Exception {
    script.add(json(413, "{\"error\":\"no\"}"));
    DeliveryResult result = deliver(1);
    assertThat(result.kind()).isEqualTo(Kind.DONE);
    assertThat(result.rejected()).isEqualTo(1);
    assertThat(result.reason()).startsWith("HTTP 413: {\"error\"");
  }

  @ParameterizedTest
  @CsvSource({"400,1", "400,4", "422,1", "422,4"})
  void keepsEverythingWhenNothingAtAllIsTaken(int code, int spans) throws Exception {
    for (int request = 0; request < 2 * spans - 1; request++) {
      script.add(new Scripted(code, "text/plain", bytes("no experiment"), Map.of()));
    }
    DeliveryResult result = deliver(spans);
    assertThat(result.kind()).isEqualTo(Kind.RETRY);
    assertThat(result.reason()).isEqualTo("nothing was taken: HTTP " + code + ": no experiment");
    assertThat(result.retryAfter()).isEqualTo(OtlpDelivery.PAUSE_AFTER_REFUSAL);
    assertThat(deliver(spans)).isEqualTo(DeliveryResult.done(spans));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesUpInTheEndWhatIsAlwaysRefused(boolean tookSomething) throws Exception {
    Duration patience = tookSomething ? OtlpDelivery.PATIENCE : OtlpDelivery.PATIENCE_AT_FIRST;
    AtomicReference<Instant> now = new AtomicReference<>(CLOCK.instant());
    try (OtlpDelivery<SpanData> delivery =
        OtlpDelivery.ofSpans(settings(url()), now::get, remarks)) {
      if (tookSomething) {
        assertThat(delivery.deliver(Spans.of(1))).isEqualTo(DeliveryResult.done(1));
      }
      for (int attempt = 0; attempt < 3; attempt++) {
        script.add(new Scripted(400, "", new byte[0], Map.of()));
      }
      assertThat(delivery.deliver(Spans.of(1)).kind()).isEqualTo(Kind.RETRY);
      now.updateAndGet(before -> before.plus(patience).minusSeconds(1));
      assertThat(delivery.deliver(Spans.of(1)).kind()).isEqualTo(Kind.RETRY);
      now.updateAndGet(before -> before.plusSeconds(1));
      assertThat(delivery.deliver(Spans.of(1)))
          .isEqualTo(DeliveryResult.rejected(0, 1, "HTTP 400"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 422})
  void isolatesTheSpanForWhichABatchIsRefused(int code) throws Exception {
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          record(exchange);
          boolean bad = names(received.size() - 1).contains("span-5");
          respond(exchange, new Scripted(bad ? code : 200, "", new byte[0], Map.of()));
        });
    assertThat(deliver(8)).isEqualTo(DeliveryResult.rejected(7, 1, "HTTP " + code));
  }

  @Test
  void splitsWhatIsTooLargeForOneRequest() throws Exception {
    try (OtlpDelivery<SpanData> delivery = delivery(url(), false, Duration.ofSeconds(20))) {
      assertThat(delivery.deliver(Spans.large(100)).delivered()).isEqualTo(100);
    }
    assertThat(received).hasSizeGreaterThan(1);
    assertThat(received)
        .allSatisfy(
            request ->
                assertThat(request.getSerializedSize())
                    .isLessThanOrEqualTo(TransportSettings.MAX_REQUEST));
  }

  @Test
  void keepsEverythingWhenTheAnswerIsNotOtlp() throws Exception {
    script.add(new Scripted(200, "text/html", bytes("<html>login</html>"), Map.of()));
    assertThat(deliver(1).reason()).contains("no OTLP answer (text/html)");
    script.add(
        new Scripted(307, "", new byte[0], Map.of("Location", "http://elsewhere.test/x?token=1")));
    assertThat(deliver(1).reason()).isEqualTo("HTTP 307: redirected to http://elsewhere.test");
    assertThat(received).hasSize(2);
    assertThat(remarks.codes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/x-protobuf", "application/json"})
  void doesNotRepeatWhatWasTakenWithAnAnswerNobodyCanRead(String type) throws Exception {
    script.add(new Scripted(200, type, bytes("\u00ff\u00fe!"), Map.of()));
    assertThat(deliver(2)).isEqualTo(DeliveryResult.done(2));
    assertThat(remarks.codes()).containsExactly("exporter.unreadable_answer");
  }

  @Test
  void doesNotRepeatWhatWasTakenWithAnAnswerThatBreaksOff() throws Exception {
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          record(exchange);
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, 4096);
          exchange.getResponseBody().write(0x0a);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    assertThat(deliver(2)).isEqualTo(DeliveryResult.done(2));
    assertThat(received).hasSize(1);
    assertThat(remarks.codes()).containsExactly("exporter.unreadable_answer");
  }

  @Test
  void keepsEverythingWhenNobodyListens() throws Exception {
    String dead = url();
    server.stop(0);
    try (OtlpDelivery<SpanData> delivery = delivery(dead, false, Duration.ofSeconds(5))) {
      DeliveryResult result = delivery.deliver(Spans.of(1));
      assertThat(result.kind()).isEqualTo(Kind.RETRY);
      assertThat(result.reason()).contains("127.0.0.1").doesNotContain("s3cret");
    }
  }

  @Test
  void endsWithinItsTimeoutWhenTheServerHangs() throws Exception {
    server.removeContext("/");
    server.createContext("/", exchange -> record(exchange));
    try (OtlpDelivery<SpanData> delivery = delivery(url(), false, Duration.ofMillis(200))) {
      long before = System.nanoTime();
      assertThat(delivery.deliver(Spans.of(1)))
          .isEqualTo(DeliveryResult.retry("no answer within 200 ms", null));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void givesUpWhenInterrupted() throws Exception {
    try (OtlpDelivery<SpanData> delivery = delivery(url(), false, Duration.ofSeconds(5))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> delivery.deliver(Spans.of(1)))
          .isInstanceOf(InterruptedException.class);
    }
  }

  private DeliveryResult deliver(int spans) throws Exception {
    try (OtlpDelivery<SpanData> delivery = delivery(url(), false, Duration.ofSeconds(5))) {
      return delivery.deliver(Spans.of(spans));
    }
  }

  private OtlpDelivery<SpanData> delivery(String url, boolean gzip, Duration timeout) {
    return OtlpDelivery.ofSpans(
        new TransportSettings(
            TransportSettings.Protocol.HTTP_BINARY,
            url,
            Map.of("x-key", Secret.of("s3cret")),
            timeout,
            gzip),
        CLOCK,
        remarks);
  }

  private static TransportSettings settings(String url) {
    return new TransportSettings(
        TransportSettings.Protocol.HTTP_BINARY, url, Map.of(), Duration.ofSeconds(5), false);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  private List<String> names(int request) {
    List<String> names = new ArrayList<>();
    received
        .get(request)
        .getResourceSpansList()
        .forEach(
            resource ->
                resource
                    .getScopeSpansList()
                    .forEach(
                        scope -> scope.getSpansList().forEach(span -> names.add(span.getName()))));
    return names;
  }

  private void answer(HttpExchange exchange) throws IOException {
    record(exchange);
    Scripted next = script.poll();
    respond(exchange, next != null ? next : new Scripted(200, "", new byte[0], Map.of()));
  }

  private void record(HttpExchange exchange) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = exchange.getRequestBody();
        InputStream plain = gzip ? new GZIPInputStream(body) : body) {
      received.add(ExportTraceServiceRequest.parseFrom(plain.readAllBytes()));
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
    }
  }

  private static void respond(HttpExchange exchange, Scripted answer) throws IOException {
    try (exchange) {
      if (!answer.type().isEmpty()) {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.code(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static Scripted json(int code, String body) {
    return new Scripted(code, "application/json", bytes(body), Map.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
