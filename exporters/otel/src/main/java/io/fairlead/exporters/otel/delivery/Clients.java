package io.fairlead.exporters.otel.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/** What both transports make their HTTP clients and requests from. */
final class Clients {

  private Clients() {}

  /**
   * A client that repeats nothing and follows no redirect by itself: what to do next is decided in
   * one place, with the answer at hand. The OpenTelemetry senders hide headers and trailers, so
   * {@code Retry-After} and gRPC's retry info would be lost with them.
   */
  static OkHttpClient client(TransportSettings settings, List<Protocol> protocols) {
    return new OkHttpClient.Builder()
        .protocols(protocols)
        .callTimeout(settings.timeout())
        .connectTimeout(settings.timeout())
        .readTimeout(settings.timeout())
        .writeTimeout(settings.timeout())
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .socketFactory(new NoDelaySockets())
        .build();
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

  /** Small requests would otherwise wait some 40 ms for a delayed acknowledgement. */
  private static final class NoDelaySockets extends SocketFactory {

    private final SocketFactory sockets = SocketFactory.getDefault();

    @Override
    public Socket createSocket() throws IOException {
      return noDelay(sockets.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return noDelay(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return noDelay(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return noDelay(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return noDelay(sockets.createSocket(host, port, local, localPort));
    }

    private static Socket noDelay(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
