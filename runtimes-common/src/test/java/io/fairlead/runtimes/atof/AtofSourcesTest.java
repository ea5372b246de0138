package io.fairlead.runtimes.atof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.RecordingSink;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The adapter over files that change and over a real port. */
class AtofSourcesTest {

  private static final String TOKEN = "s3cret-token";

  @TempDir Path dir;

  private final HttpClient client = HttpClient.newHttpClient();
  private final RecordingSink sink = new RecordingSink();
  private final RecordingDiagnostics diagnostics = new RecordingDiagnostics();

  private static List<String> lines() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(AtofSourcesTest.class.getResourceAsStream("/relay-events.jsonl"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private Path file() {
    return dir.resolve("events.jsonl");
  }

  private RuntimeAdapter files() throws Exception {
    return start(Map.of("files", Map.of("paths", List.of(file().toString()))));
  }

  private RuntimeAdapter start(Map<String, Object> sources) throws Exception {
    return started(Map.of("sources", sources));
  }

  private RuntimeAdapter started(Map<String, Object> config) throws Exception {
    AtofAdapterProvider provider = new AtofAdapterProvider();
    RuntimeAdapter adapter =
        provider.create(TestContext.of(provider, Tables.of(config)).withDiagnostics(diagnostics));
    adapter.start(sink.state());
    return adapter;
  }

  private void append(String text) throws Exception {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private int polled(RuntimeAdapter adapter) throws Exception {
    int before = sink.events().size();
    while (adapter.poll(sink).more()) {
      assertThat(sink.commits()).isLessThan(1_000);
    }
    return sink.events().size() - before;
  }

  @Test
  void whatWasThereIsRememberedAndWhatComesIsGiven() throws Exception {
    List<String> lines = lines();
    append("\uFEFF" + lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(2).substring(0, 40));
    try (RuntimeAdapter adapter = files()) {
      assertThat(polled(adapter)).isZero();
      append(lines.get(2).substring(40) + "\n");
      assertThat(polled(adapter)).isEqualTo(1);
    }
    ScopeEnd end = (ScopeEnd) sink.events().get(0);
    assertThat(end.timeQuality()).isEqualTo(TimeQuality.EXACT);
    assertThat(end.header().traceRoot()).isEqualTo(end.header().parentUuid());
  }

  @Test
  void aRestartGoesOnAndStillKnowsTheStarts() throws Exception {
    append("");
    List<String> lines = lines();
    try (RuntimeAdapter adapter = files()) {
      polled(adapter);
      append(lines.get(0) + "\n" + lines.get(1) + "\n");
      assertThat(polled(adapter)).isEqualTo(2);
    }
    append(lines.get(2) + "\n");
    try (RuntimeAdapter adapter = files()) {
      assertThat(polled(adapter)).isEqualTo(1);
      assertThat(polled(adapter)).isZero();
    }
    assertThat(((ScopeEnd) sink.events().get(2)).start()).isEqualTo(sink.events().get(1));
  }

  @Test
  void aRotatedFileIsReadToItsEndAndTheNewOneFromItsBeginning() throws Exception {
    append("");
    List<String> lines = lines();
    try (RuntimeAdapter adapter = files()) {
      polled(adapter);
      append(lines.get(0) + "\n");
      assertThat(polled(adapter)).isEqualTo(1);
      append(lines.get(1) + "\n");
      Files.move(file(), dir.resolve("events.jsonl.1"));
      append(lines.get(2) + "\n");
      assertThat(polled(adapter)).isEqualTo(2);
      assertThat(polled(adapter)).isZero();
    }
    assertThat(((ScopeEnd) sink.events().get(2)).start()).isEqualTo(sink.events().get(1));
  }

  @Test
  void aFileWrittenAnewIsReadFromItsBeginning() throws Exception {
    append("");
    try (RuntimeAdapter adapter = files()) {
      polled(adapter);
      append(lines().get(0) + "\n" + lines().get(1) + "\n");
      assertThat(polled(adapter)).isEqualTo(2);
      Files.writeString(file(), lines().get(3) + "\n");
      assertThat(polled(adapter)).isEqualTo(1);
    }
  }

  @Test
  void aBadLineIsReportedWithItsNumber() throws Exception {
    append("");
    try (RuntimeAdapter adapter = files()) {
      polled(adapter);
      append(lines().get(0) + "\ns3cret\n" + lines().get(1) + "\n");
      assertThat(polled(adapter)).isEqualTo(2);
    }
    assertThat(diagnostics.findings())
        .filteredOn(finding -> finding.code().equals("atof.bad_line"))
        .singleElement()
        .extracting(Diagnostic::message)
        .asString()
        .contains("events.jsonl:2:")
        .doesNotContain("s3cret");
  }

  private static String markAt(Instant time) {
    return "{\"atof_version\":\"0.1\",\"kind\":\"mark\",\"uuid\":\""
        + UUID.randomUUID()
        + "\",\"name\":\"m\",\"timestamp\":\""
        + time
        + "\"}\n";
  }

  @Test
  void backfillGivesWhatIsYoungEnough() throws Exception {
    Instant now = Instant.parse("2026-03-01T10:00:00Z"); // the test's clock
    append(markAt(now.minus(Duration.ofDays(2))) + markAt(now.minus(Duration.ofMinutes(5))));
    Map<String, Object> files = Map.of("files", Map.of("paths", List.of(file().toString())));
    try (RuntimeAdapter adapter = started(Map.of("backfill", "24h", "sources", files))) {
      assertThat(polled(adapter)).isEqualTo(1);
      append(markAt(now.minus(Duration.ofDays(2))));
      assertThat(polled(adapter)).as("what comes now is given whatever its time").isEqualTo(1);
    }
  }

  private int port() {
    return diagnostics.findings().stream()
        .filter(finding -> finding.code().equals("atof.listening"))
        .map(finding -> URI.create(finding.message().substring("listening on ".length())).getPort())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .header("content-type", "application/x-ndjson")
            .header("authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private RuntimeAdapter endpoint() throws Exception {
    return start(
        Map.of(
            "endpoint",
            Map.of(
                "port",
                "auto",
                "token",
                TOKEN,
                "max_body_bytes",
                4_096L,
                "request_timeout",
                "200ms")));
  }

  private HttpResponse<String> answered(
      RuntimeAdapter adapter, CompletableFuture<HttpResponse<String>> answer) throws Exception {
    while (!answer.isDone()) {
      adapter.poll(sink);
    }
    return answer.get();
  }

  @Test
  void anAnswerMeansCommitted() throws Exception {
    List<String> lines = lines();
    try (RuntimeAdapter adapter = endpoint()) {
      String body = lines.get(0) + "\nno record\n" + lines.get(1) + "\n";
      HttpResponse<String> answer = answered(adapter, post("/events", body, TOKEN));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"rejected\":1}");
      assertThat(sink.events()).hasSize(2);
      assertThat(answered(adapter, post("/events", body, TOKEN)).statusCode()).isEqualTo(200);
      assertThat(sink.events()).as("sent again").hasSize(2);
    }
    try (RuntimeAdapter adapter = endpoint()) {
      answered(adapter, post("/events", lines.get(2), TOKEN));
    }
    assertThat(((ScopeEnd) sink.events().get(2)).start()).isEqualTo(sink.events().get(1));
  }

  @Test
  void aRecordIsTheOneRelaySent() throws Exception {
    try (RuntimeAdapter adapter = start(Map.of("endpoint", Map.of("port", "auto")))) {
      answered(adapter, post("/events", String.join("\n", lines()), TOKEN));
    }
    assertThat(sink.events())
        .extracting(event -> event.header().uuid().toString())
        .containsExactlyElementsOf(
            lines().stream()
                .map(line -> line.replaceAll("(?s).*\"uuid\":\"([^\"]+)\".*", "$1"))
                .toList());
    assertThat(sink.events())
        .as("spans take the trace's id from its root's record")
        .allSatisfy(
            event ->
                assertThat(lines())
                    .anySatisfy(
                        line -> assertThat(line).contains(event.header().traceRoot().toString())));
  }

  @Test
  void aCommitThatFailsIsAnsweredAndWhatWasSentIsTakenTheNextTime() throws Exception {
    try (RuntimeAdapter adapter = endpoint()) {
      sink.crashAtCommit(1);
      CompletableFuture<HttpResponse<String>> lost = post("/events", lines().get(0), TOKEN);
      assertThatExceptionOfType(RecordingSink.SimulatedCrash.class)
          .isThrownBy(() -> answered(adapter, lost));
      assertThat(lost.get().statusCode()).isEqualTo(503);
      assertThat(lost.get().headers().firstValue("retry-after")).hasValue("1");
      assertThat(sink.events()).isEmpty();
      assertThat(answered(adapter, post("/events", lines().get(0), TOKEN)).statusCode())
          .isEqualTo(200);
      assertThat(sink.events()).hasSize(1);
    }
  }

  @Test
  void aHookThatWasNotCommittedIsTakenTheNextTime() throws Exception {
    String hook = "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_use_id\":\"u\"}";
    try (RuntimeAdapter adapter = endpoint()) {
      sink.crashAtCommit(1);
      CompletableFuture<HttpResponse<String>> lost = post("/hooks/claude-code", hook, TOKEN);
      assertThatExceptionOfType(RecordingSink.SimulatedCrash.class)
          .isThrownBy(() -> answered(adapter, lost));
      assertThat(lost.get().statusCode()).isEqualTo(503);
      assertThat(answered(adapter, post("/hooks/claude-code", hook, TOKEN)).statusCode())
          .isEqualTo(200);
      assertThat(sink.events()).hasSize(2);
    }
  }

  @Test
  void moreRequestsThanAllowedAreRefusedForTheMoment() throws Exception {
    try (RuntimeAdapter adapter =
        start(Map.of("endpoint", Map.of("port", "auto", "max_requests_per_second", 1L)))) {
      List<Integer> answers = new ArrayList<>();
      // A second may pass between two of them, so that both are taken; then there are more.
      while (!answers.contains(429)) {
        assertThat(answers).as("answers").hasSizeLessThan(100);
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          sent.add(post("/events", lines().get(0), TOKEN));
        }
        for (CompletableFuture<HttpResponse<String>> one : sent) {
          answers.add(answered(adapter, one).statusCode());
        }
      }
      assertThat(answers).contains(200);
    }
  }

  @Test
  void whoMayNotComeOrSendsNonsenseIsTold() throws Exception {
    try (RuntimeAdapter adapter = endpoint()) {
      String line = lines().get(0);
      assertThat(answered(adapter, post("/events", line, "x")).statusCode()).isEqualTo(401);
      assertThat(answered(adapter, post("/else", line, TOKEN)).statusCode()).isEqualTo(404);
      assertThat(answered(adapter, post("/events", "x", TOKEN)).statusCode()).isEqualTo(400);
      assertThat(answered(adapter, post("/hooks/hermes", "{", TOKEN)).statusCode()).isEqualTo(400);
      assertThat(answered(adapter, post("/events", "x".repeat(5_000), TOKEN)).statusCode())
          .isEqualTo(413);
      assertThat(sink.events()).isEmpty();
    }
  }

  @Test
  void hooksAreTaken() throws Exception {
    try (RuntimeAdapter adapter = endpoint()) {
      String hook =
          "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_use_id\":\"u\"}";
      HttpResponse<String> answer = answered(adapter, post("/hooks/claude-code", hook, TOKEN));
      assertThat(answer.body()).contains("\"permissionDecision\":\"allow\"");
      assertThat(sink.events()).hasSize(2);
      assertThat(sink.events().get(0).header().origin().runtime()).isEqualTo("claude-code");
      assertThat(sink.events().get(0).header().origin().sessionId()).isEqualTo("s");
    }
  }

  @Test
  void aSlowClientIsNotWaitedFor() throws Exception {
    try (RuntimeAdapter adapter = endpoint();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
      OutputStream out = client.getOutputStream();
      out.write(
          "POST /events HTTP/1.1\r\ncontent-length: 9\r\n\r\nx"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      client.setSoTimeout(5_000);
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 408");
      assertThat(adapter).isNotNull();
    }
  }

  @Test
  @Timeout(30)
  void aBodyThatGoesOnIsTakenLineByLine() throws Exception {
    try (RuntimeAdapter adapter = endpoint();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
      OutputStream out = client.getOutputStream();
      String head =
          "POST /events HTTP/1.1\r\ncontent-type: application/x-ndjson\r\nauthorization: Bearer "
              + TOKEN
              + "\r\ntransfer-encoding: chunked\r\n\r\n";
      String line = lines().get(0) + "\n";
      String chunk = Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
      out.write((head + chunk).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      while (sink.events().isEmpty()) {
        adapter.poll(sink);
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      client.setSoTimeout(5_000);
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200")
          .endsWith("{\"accepted\":1,\"rejected\":0}");
    }
  }
}
