package io.fairlead.exporters.otel.delivery;

import io.fairlead.exporters.otel.http.RetryAfter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OTLP as protobuf over HTTP. */
final class HttpTransport extends OtlpTransport {

  private static final MediaType PROTOBUF = MediaType.get("application/x-protobuf");

  /** The content is at fault, and will be again. Everything else an operator or time can mend. */
  private static final int TOO_LARGE = 413;

  private static final Set<Integer> REFUSALS = Set.of(400, TOO_LARGE, 422);

  /** What a receiver's answer may be said to be, besides JSON; the empty one is none at all. */
  private static final Set<String> PROTOBUF_TYPES =
      Set.of("", "application/x-protobuf", "application/protobuf", "application/octet-stream");

  private static final int MAX_QUOTE = 200;

  private final TransportSettings settings;
  private final InstantSource clock;

  HttpTransport(TransportSettings settings, InstantSource clock) {
    super(Clients.client(settings, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)));
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  Answer exchange(byte[] body) throws IOException {
    Request.Builder request = Clients.request(settings, settings.endpoint());
    if (settings.gzip()) {
      request.header("Content-Encoding", "gzip");
    }
    byte[] sent = settings.gzip() ? Clients.gzip(body) : body;
    request.post(RequestBody.create(sent, PROTOBUF));
    try (Response response = client().newCall(request.build()).execute()) {
      return response.isSuccessful()
          ? accepted(response)
          : failed(response, response.peekBody(MAX_ANSWER).bytes());
    }
  }

  private Answer failed(Response response, byte[] body) {
    int code = response.code();
    if (code >= 300 && code < 400) {
      return new Answer.Later("HTTP " + code + ": redirected" + target(response), null);
    }
    String reason = "HTTP " + code + quote(response, body);
    return REFUSALS.contains(code)
        ? new Answer.Refused(reason, code == TOO_LARGE)
        : new Answer.Later(reason, RetryAfter.ofHeader(response.header("Retry-After"), clock));
  }

  private static Answer accepted(Response response) throws IOException {
    String type = type(response);
    boolean json = type.equals("application/json");
    boolean ofAReceiver = json || PROTOBUF_TYPES.contains(type);
    byte[] body;
    try {
      body = response.peekBody(MAX_ANSWER).bytes();
    } catch (IOException e) {
      if (ofAReceiver && !Thread.currentThread().isInterrupted()) {
        return new Answer.Unreadable("HTTP " + response.code() + ", then " + trouble(e));
      }
      throw e;
    }
    if (body.length == 0) {
      return new Answer.Accepted(0, null);
    }
    if (!ofAReceiver) { // such as the login page of a proxy
      return new Answer.Later(
          "HTTP " + response.code() + " with a body that is no OTLP answer (" + type + ")", null);
    }
    Answer answer = json ? PartialSuccess.ofJson(body) : PartialSuccess.ofProtobuf(body);
    return answer != null
        ? answer
        : new Answer.Unreadable("HTTP " + response.code() + " with a body that cannot be decoded");
  }

  private static String type(Response response) {
    String header = response.header("Content-Type");
    if (header == null) {
      return "";
    }
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static String target(Response response) {
    HttpUrl target = response.request().url().resolve(location(response));
    return target == null ? "" : " to " + target.scheme() + "://" + target.host();
  }

  private static String location(Response response) {
    String location = response.header("Location");
    return location == null ? "" : location;
  }

  /** The server's own words when they are text a person can read. */
  private static String quote(Response response, byte[] body) {
    String type = type(response);
    if (!type.equals("text/plain") && !type.equals("application/json")) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.isEmpty()
        ? ""
        : ": " + text.substring(0, Math.min(text.length(), MAX_QUOTE)).replaceAll("\\s+", " ");
  }
}
