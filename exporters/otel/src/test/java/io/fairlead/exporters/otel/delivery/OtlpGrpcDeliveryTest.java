package io.fairlead.exporters.otel.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.Subscriber.DeliveryResult.Kind;
import io.fairlead.spi.config.Secret;
import io.fairlead.testkit.RecordingDiagnostics;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each gRPC status means. */
class OtlpGrpcDeliveryTest {

  private final MockWebServer server = new MockWebServer();
  private final RecordingDiagnostics remarks = new RecordingDiagnostics();

  @BeforeEach
  void listen() throws IOException {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void deliversSpans() throws Exception {
    server.enqueue(ok(new byte[0]));
    assertThat(deliver(2)).isEqualTo(DeliveryResult.done(2));

    RecordedRequest request = Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
    assertThat(request.getUrl().encodedPath())
        .isEqualTo("/opentelemetry.proto.collector.trace.v1.TraceService/Export");
    assertThat(request.getHeaders().get("content-type")).isEqualTo("application/grpc");
    assertThat(request.getHeaders().get("te")).isEqualTo("trailers");
    assertThat(request.getHeaders().get("x-key")).isEqualTo("s3cret");
    ByteString body = Objects.requireNonNull(request.getBody());
    ExportTraceServiceRequest decoded =
        ExportTraceServiceRequest.parseFrom(body.substring(5).toByteArray());
    assertThat(decoded.getResourceSpans(0).getScopeSpans(0).getSpansCount()).isEqualTo(2);
  }

  @Test
  void reportsWhatAPartialSuccessRejected() throws Exception {
    server.enqueue(
        ok(
            ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(
                    ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(1)
                        .setErrorMessage("old"))
                .build()
                .toByteArray()));
    assertThat(deliver(3)).isEqualTo(DeliveryResult.rejected(2, 1, "old"));
  }

  @ParameterizedTest
  @CsvSource({
    "1,CANCELLED",
    "4,DEADLINE_EXCEEDED",
    "5,NOT_FOUND",
    "7,PERMISSION_DENIED",
    "8,RESOURCE_EXHAUSTED",
    "10,ABORTED",
    "12,UNIMPLEMENTED",
    "13,INTERNAL",
    "14,UNAVAILABLE",
    "15,DATA_LOSS",
    "16,UNAUTHENTICATED"
  })
  void keepsWhatTimeOrAnOperatorCanMend(int status, String name) throws Exception {
    server.enqueue(failed(status, "why%20not"));
    DeliveryResult result = deliver(2);
    assertThat(result.kind()).isEqualTo(Kind.RETRY);
    assertThat(result.reason()).isEqualTo("gRPC " + name + ": why not");
  }

  @Test
  void passesOnThePauseTheServerAsksFor() throws Exception {
    // google.rpc.Status{code 8, details [Any{RetryInfo{retry_delay {seconds 3}}}]}
    String type = "type.googleapis.com/google.rpc.RetryInfo";
    Buffer any = new Buffer();
    any.writeByte(0x0a).writeByte(type.length()).writeUtf8(type);
    any.writeByte(0x12).writeByte(4);
    any.writeByte(0x0a).writeByte(2).writeByte(0x08).writeByte(3);
    Buffer status = new Buffer().writeByte(0x08).writeByte(8).writeByte(0x1a);
    status.writeByte((int) any.size()).writeAll(any);
    String details = Base64.getEncoder().withoutPadding().encodeToString(status.readByteArray());
    server.enqueue(
        failed(8, "busy").newBuilder().addHeader("grpc-status-details-bin", details).build());

    assertThat(deliver(1).retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void isolatesWhatIsInvalid() throws Exception {
    server.enqueue(failed(3, "bad span"));
    server.enqueue(ok(new byte[0]));
    server.enqueue(failed(3, "bad span"));
    assertThat(deliver(2))
        .isEqualTo(DeliveryResult.rejected(1, 1, "gRPC INVALID_ARGUMENT: bad span"));
  }

  @Test
  void keepsEverythingWhenItIsNoGrpcServer() throws Exception {
    server.enqueue(new MockResponse.Builder().code(404).build());
    assertThat(deliver(1).reason()).isEqualTo("HTTP 404 instead of a gRPC answer");
    server.enqueue(new MockResponse.Builder().code(200).body("hello").build());
    assertThat(deliver(1).reason()).isEqualTo("gRPC without a status");
  }

  @Test
  void doesNotRepeatWhatWasTakenWithAnAnswerNobodyCanRead() throws Exception {
    server.enqueue(ok(new byte[] {-1, -1, -1, -1, '!'}));
    assertThat(deliver(2)).isEqualTo(DeliveryResult.done(2));
    assertThat(remarks.codes()).containsExactly("exporter.unreadable_answer");
  }

  private DeliveryResult deliver(int spans) throws InterruptedException {
    TransportSettings settings =
        new TransportSettings(
            TransportSettings.Protocol.GRPC,
            "http://127.0.0.1:" + server.getPort(),
            Map.of("x-key", Secret.of("s3cret")),
            Duration.ofSeconds(5),
            false);
    try (OtlpDelivery<SpanData> delivery =
        OtlpDelivery.ofSpans(settings, InstantSource.system(), remarks)) {
      return delivery.deliver(Spans.of(spans));
    }
  }

  private static MockResponse ok(byte[] message) {
    Buffer body = new Buffer().writeByte(0).writeInt(message.length).write(message);
    return new MockResponse.Builder()
        .code(200)
        .addHeader("content-type", "application/grpc")
        .body(body)
        .trailers(Headers.of("grpc-status", "0"))
        .build();
  }

  private static MockResponse failed(int status, String message) {
    return new MockResponse.Builder()
        .code(200)
        .addHeader("content-type", "application/grpc")
        .addHeader("grpc-status", Integer.toString(status))
        .addHeader("grpc-message", message)
        .build();
  }
}
