package io.fairlead.exporters.files;

import static io.fairlead.testkit.Tables.table;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.atof.AtofWriter;
import io.fairlead.exporters.files.http.Remote;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.config.Secret;
import io.fairlead.spi.event.Event;
import io.fairlead.testkit.Fixtures;
import io.fairlead.testkit.InMemoryState;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AtofStreamTest {

  private static final List<Event> TURN = Fixtures.turn();

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Subscriber stream(String transport, Map<String, Object> more) throws Exception {
    Map<String, Object> sink = new LinkedHashMap<>(more);
    sink.put("type", "stream");
    sink.put("url", server.url("/in?x=1").toString().replaceFirst("^http", scheme(transport)));
    sink.put("transport", transport);
    sink.put("headers", Map.of("x-test", "v"));
    sink.put("header_env", Map.of("authorization", "TOKEN"));
    AtofExporterProvider provider = new AtofExporterProvider();
    TestContext context =
        TestContext.of(provider, table("sinks", List.of(sink)))
            .withEnvironment(Map.of("TOKEN", "Bearer s3cret"));
    Subscriber subscriber = provider.create(context).get(0);
    subscriber.start(new InMemoryState());
    return subscriber;
  }

  private static String scheme(String transport) {
    return transport.equals("websocket") ? "ws" : "http";
  }

  private void answer(int... codes) {
    for (int code : codes) {
      server.enqueue(new MockResponse.Builder().code(code).build());
    }
  }

  private RecordedRequest request() throws Exception {
    return Objects.requireNonNull(server.takeRequest(10, TimeUnit.SECONDS));
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).string(UTF_8);
  }

  private static List<String> lines() {
    return TURN.stream().map(event -> new AtofWriter().line(event)).toList();
  }

  @Test
  void httpPostSendsARequestPerRecordAsThePeerDoes() throws Exception {
    answer(200, 200, 200, 200, 200, 200);
    try (Subscriber subscriber = stream("http_post", Map.of())) {
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(6));
    }
    for (String line : lines()) {
      RecordedRequest request = request();
      assertThat(request.getMethod()).isEqualTo("POST");
      assertThat(request.getTarget()).isEqualTo("/in?x=1");
      assertThat(request.getHeaders().get("content-type")).isEqualTo("application/x-ndjson");
      assertThat(request.getHeaders().get("x-test")).isEqualTo("v");
      assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer s3cret");
      assertThat(body(request)).isEqualTo(line + "\n");
    }
  }

  @Test
  void whatWasTakenOfABatchIsNotSentAgain() throws Exception {
    answer(200, 200);
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "7").build());
    answer(200, 200, 200, 200);
    try (Subscriber subscriber = stream("http_post", Map.of())) {
      DeliveryResult later = subscriber.deliver(TURN);
      assertThat(later.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(later.reason()).isEqualTo("HTTP 503");
      assertThat(later.delivered()).as("taken so far").isEqualTo(2);
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(6));
    }
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      sent.add(body(request()).strip());
    }
    List<String> expected = new ArrayList<>(lines());
    expected.add(2, lines().get(2)); // refused once, sent again before what follows it
    assertThat(sent).isEqualTo(expected);
  }

  @Test
  void aRecordRefusedAloneIsGivenUpAndTheOthersKeepTheirOrder() throws Exception {
    answer(200, 422, 200, 200, 200, 200);
    try (Subscriber subscriber = stream("http_post", Map.of())) {
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.rejected(5, 1, "HTTP 422"));
    }
  }

  @Test
  void aServerThatTakesNothingKeepsEverything() throws Exception {
    answer(400, 400, 400, 400, 400, 400);
    try (Subscriber subscriber = stream("http_post", Map.of())) {
      DeliveryResult result = subscriber.deliver(TURN);
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(result.reason()).isEqualTo("nothing was taken: HTTP 400");
    }
  }

  @Test
  void aMissingPermissionIsNoFaultOfTheRecords() throws Exception {
    answer(401);
    try (Subscriber subscriber = stream("http_post", Map.of())) {
      DeliveryResult result = subscriber.deliver(TURN);
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(result.reason()).isEqualTo("HTTP 401").doesNotContain("s3cret");
    }
  }

  @Test
  void aSecretThatNoHeaderMayHaveIsNotNamed() {
    Map<String, Secret> headers = Map.of("x-key", Secret.of("s3cret\nline"));
    ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Remote("http://127.0.0.1:1/", headers, Duration.ofSeconds(1), clock))
        .withMessageContaining("x-key")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void ndjsonSendsABatchInChunks() throws Exception {
    answer(200);
    try (Subscriber subscriber = stream("ndjson", Map.of())) {
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(6));
    }
    RecordedRequest request = request();
    assertThat(request.getHeaders().get("transfer-encoding")).isEqualTo("chunked");
    assertThat(request.getHeaders().get("content-type")).isEqualTo("application/x-ndjson");
    assertThat(body(request)).isEqualTo(String.join("\n", lines()) + "\n");
  }

  @Test
  void ndjsonHalvesABatchUntilTheRecordAtFaultStandsAlone() throws Exception {
    answer(413, 413, 413, 200, 200);
    try (Subscriber subscriber = stream("ndjson", Map.of())) {
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.rejected(5, 1, "HTTP 413"));
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sizes.add(body(request()).split("\n", -1).length - 1);
    }
    assertThat(sizes).containsExactly(6, 3, 1, 2, 3);
  }

  @Test
  void replaceDotsRenamesMembersAsThePeerDoes() {
    assertThat(
            DotlessNames.of(
                "{\"m\":{\"a.b\":1,\"a_b\":2,\"n\":{\"x.y\":[{\"p.q\":1.10}]},\"z\":null}}"))
        .isEqualTo("{\"m\":{\"a_b\":1,\"a_b_2\":2,\"n\":{\"x_y\":[{\"p_q\":1.10}]},\"z\":null}}");
  }

  @Test
  void aWebSocketCarriesAFramePerRecordAndIsClosedInOrder() throws Exception {
    Frames frames = new Frames(1_000);
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(frames).build());
    try (Subscriber subscriber = stream("websocket", Map.of("field_name_policy", "replace_dots"))) {
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(6));
    }
    assertThat(frames.texts)
        .containsExactlyElementsOf(lines().stream().map(DotlessNames::of).toList());
    assertThat(frames.closed.poll(5, TimeUnit.SECONDS)).isEqualTo(1_000);
    RecordedRequest handshake = request();
    assertThat(handshake.getTarget()).isEqualTo("/in?x=1");
    assertThat(handshake.getHeaders().get("x-test")).isEqualTo("v");
  }

  @Test
  void aWebSocketThatIsNoneIsARetry() throws Exception {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "3").build());
    try (Subscriber subscriber = stream("websocket", Map.of())) {
      DeliveryResult result = subscriber.deliver(TURN);
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(result.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void aWebSocketThatBreaksOffIsARetryAndEverythingComesAgain() throws Exception {
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Frames(1_011)).build());
    Frames second = new Frames(1_000);
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(second).build());
    try (Subscriber subscriber = stream("websocket", Map.of())) {
      assertThat(subscriber.deliver(TURN).kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(6));
    }
    assertThat(second.texts).containsExactlyElementsOf(lines());
  }

  @Test
  void aWebSocketThatIsToldTheContentIsTooLargeIsARefusal() throws Exception {
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Frames(1_009)).build());
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Frames(1_000)).build());
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Frames(1_000)).build());
    try (Subscriber subscriber = stream("websocket", Map.of())) {
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(6));
    }
  }

  /** The other side of a WebSocket: closes with a code, or answers a close with it. */
  private static final class Frames extends WebSocketListener {

    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final int code;

    Frames(int code) {
      this.code = code;
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      texts.add(text);
      if (code != 1_000) {
        socket.close(code, null);
      }
    }

    @Override
    public void onClosing(WebSocket socket, int received, String reason) {
      closed.add(received);
      socket.close(code, null);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
      closed.add(-1);
    }
  }
}
