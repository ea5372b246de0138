package io.fairlead.exporters.otel.delivery;

import io.fairlead.exporters.otel.http.HttpClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/** What both transports make their HTTP clients and requests from. */
final class Clients {

  private Clients() {}

  /**
   * A client for a transport. The OpenTelemetry senders hide headers and trailers, so {@code
   * Retry-After} and gRPC's retry info would be lost with them.
   */
  static OkHttpClient client(TransportSettings settings, List<Protocol> protocols) {
    return HttpClients.builder(settings.timeout()).protocols(protocols).build();
  }

  static Request.Builder request(TransportSettings settings, String url) {
    Request.Builder request = new Request.Builder().url(url).header("User-Agent", "fairlead");
    settings.headers().forEach((name, value) -> request.header(name, value.reveal()));
    return request;
  }

  static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
