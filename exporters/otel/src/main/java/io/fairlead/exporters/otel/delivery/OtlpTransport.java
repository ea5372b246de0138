package io.fairlead.exporters.otel.delivery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import okhttp3.OkHttpClient;

/** Sends one encoded request and says what became of it. Used by one thread at a time. */
abstract class OtlpTransport implements AutoCloseable {

  /** No answer needs to be longer to be understood. */
  static final int MAX_ANSWER = 64 * 1024;

  private final OkHttpClient client;
  private final String noAnswer;

  OtlpTransport(OkHttpClient client) {
    this.client = client;
    this.noAnswer = "no answer within " + client.callTimeoutMillis() + " ms";
  }

  static OtlpTransport open(TransportSettings settings, Signal signal, InstantSource clock) {
    return switch (settings.protocol()) {
      case HTTP_BINARY -> new HttpTransport(settings, clock);
      case GRPC -> new GrpcTransport(settings, signal);
    };
  }

  final OkHttpClient client() {
    return client;
  }

  /**
   * Sends a request and waits for the answer. Trouble of the network is an answer too.
   *
   * @throws InterruptedException when the thread was interrupted while it waited
   */
  final Answer send(byte[] body) throws InterruptedException {
    try {
      return exchange(body);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while sending");
      }
      return new Answer.Later(inTime(e) ? trouble(e) : noAnswer, null);
    }
  }

  abstract Answer exchange(byte[] body) throws IOException;

  @Override
  public final void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** OkHttp says {@code timeout} for the call as a whole, sockets say {@code Read timed out}. */
  private static boolean inTime(IOException e) {
    return !(e instanceof InterruptedIOException);
  }

  static String trouble(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
