package io.fairlead.exporters.otel.delivery;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** OTLP over gRPC: one unary call on HTTP/2. */
final class GrpcTransport extends OtlpTransport {

  private static final MediaType GRPC = MediaType.get("application/grpc");
  private static final int PREFIX = 5;
  private static final int OK = 0;
  private static final int INVALID_ARGUMENT = 3;
  private static final int RESOURCE_EXHAUSTED = 8;

  /** Below this size an exhausted server is meant, not a message too large for it. */
  private static final int LARGE = 1024 * 1024;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "CANCELLED"),
          Map.entry(2, "UNKNOWN"),
          Map.entry(3, "INVALID_ARGUMENT"),
          Map.entry(4, "DEADLINE_EXCEEDED"),
          Map.entry(5, "NOT_FOUND"),
          Map.entry(6, "ALREADY_EXISTS"),
          Map.entry(7, "PERMISSION_DENIED"),
          Map.entry(8, "RESOURCE_EXHAUSTED"),
          Map.entry(9, "FAILED_PRECONDITION"),
          Map.entry(10, "ABORTED"),
          Map.entry(11, "OUT_OF_RANGE"),
          Map.entry(12, "UNIMPLEMENTED"),
          Map.entry(13, "INTERNAL"),
          Map.entry(14, "UNAVAILABLE"),
          Map.entry(15, "DATA_LOSS"),
          Map.entry(16, "UNAUTHENTICATED"));

  private final TransportSettings settings;
  private final String url;

  GrpcTransport(TransportSettings settings, Signal signal) {
    super(Clients.client(settings, protocols(settings.endpoint())));
    this.settings = settings;
    String base = settings.endpoint();
    this.url = (base.endsWith("/") ? base : base + "/") + signal.grpcMethod();
  }

  private static List<Protocol> protocols(String endpoint) {
    return endpoint.startsWith("https:")
        ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
        : List.of(Protocol.H2_PRIOR_KNOWLEDGE);
  }

  @Override
  Answer exchange(byte[] body) throws IOException {
    Request.Builder request =
        Clients.request(settings, url)
            .header("te", "trailers")
            .header("grpc-timeout", settings.timeout().toMillis() + "m");
    if (settings.gzip()) {
      request.header("grpc-encoding", "gzip");
    }
    request.post(RequestBody.create(frame(body), GRPC));
    try (Response response = client().newCall(request.build()).execute()) {
      if (response.code() != 200) {
        return new Answer.Later("HTTP " + response.code() + " instead of a gRPC answer", null);
      }
      BufferedSource source = response.body().source();
      if (source.request(MAX_ANSWER + 1L)) {
        return new Answer.Later("the gRPC answer is too long", null);
      }
      return answer(response, source.readByteArray(), body.length);
    }
  }

  private byte[] frame(byte[] body) {
    byte[] sent = settings.gzip() ? Clients.gzip(body) : body;
    return ByteBuffer.allocate(PREFIX + sent.length)
        .put((byte) (settings.gzip() ? 1 : 0))
        .putInt(sent.length)
        .put(sent)
        .array();
  }

  private static Answer answer(Response response, byte[] message, int size) throws IOException {
    int status = status(field(response, "grpc-status"));
    if (status == OK) {
      return accepted(message);
    }
    String text = field(response, "grpc-message");
    String reason =
        "gRPC "
            + NAMES.getOrDefault(status, "without a status")
            + (text == null ? "" : ": " + decode(text));
    Duration after = RetryInfo.ofStatusDetails(field(response, "grpc-status-details-bin"));
    boolean tooLarge = status == RESOURCE_EXHAUSTED && after == null && size > LARGE;
    return status == INVALID_ARGUMENT || tooLarge
        ? new Answer.Refused(reason, tooLarge)
        : new Answer.Later(reason, after);
  }

  private static Answer accepted(byte[] framed) {
    if (framed.length <= PREFIX) {
      return new Answer.Accepted(0, null);
    }
    byte[] message = new byte[framed.length - PREFIX];
    System.arraycopy(framed, PREFIX, message, 0, message.length);
    Answer answer = framed[0] == 0 ? PartialSuccess.ofProtobuf(message) : null;
    return answer != null
        ? answer
        : new Answer.Unreadable("gRPC OK with a message that cannot be decoded");
  }

  private static @Nullable String field(Response response, String name) throws IOException {
    String trailer = response.trailers().get(name);
    return trailer != null ? trailer : response.header(name);
  }

  private static int status(@Nullable String text) {
    try {
      return text == null ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String decode(String percentEncoded) {
    try {
      return URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return percentEncoded;
    }
  }
}
