package io.fairlead.exporters.files.http;

import io.fairlead.exporters.otel.http.HttpClients;
import io.fairlead.exporters.otel.http.RetryAfter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends to one server. Repeats nothing and follows no redirect by itself: what to do next is
 * decided where the outcome is known. Used by one thread at a time.
 */
public final class HttpSender implements AutoCloseable {

  private final Remote remote;
  private final Set<Integer> refusals;
  private final OkHttpClient client;

  /** A sender that connects on first use. */
  public HttpSender(Remote remote) {
    this(remote, Answers.REFUSALS);
  }

  /**
   * A sender that connects on first use.
   *
   * @param refusals statuses by which this server says that the content is at fault for good
   */
  public HttpSender(Remote remote, Set<Integer> refusals) {
    this.remote = remote;
    this.refusals = Set.copyOf(refusals);
    this.client = client(remote);
  }

  /** A client with the timeouts of a server. */
  public static OkHttpClient client(Remote remote) {
    return HttpClients.builder(remote.timeout()).build();
  }

  /** A request to a server, its headers set. */
  public static Request.Builder request(Remote remote) {
    Request.Builder request = new Request.Builder().url(remote.url());
    request.header("User-Agent", "fairlead");
    remote.headers().forEach((name, value) -> request.header(name, value.reveal()));
    return request;
  }

  /** A request to this sender's server. */
  public Request.Builder request() {
    return request(remote);
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  public Answer send(Request request) throws InterruptedException {
    try (Response response = client.newCall(request).execute()) {
      return Answers.of(response, refusals, remote.clock());
    } catch (IOException e) {
      boolean interrupted =
          Thread.interrupted()
              || e instanceof InterruptedIOException && "interrupted".equals(e.getMessage());
      if (interrupted) {
        throw new InterruptedException();
      }
      return new Answer.Later(trouble(e), null);
    }
  }

  /** What went wrong, in words. */
  public static String trouble(Throwable e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  /** The meaning of the answer to a handshake that failed. */
  public static Answer.Later handshake(Response response, Remote remote) {
    return new Answer.Later(
        "HTTP " + response.code() + " instead of a WebSocket",
        RetryAfter.ofHeader(response.header("Retry-After"), remote.clock()));
  }

  @Override
  public void close() {
    close(client);
  }

  /** Ends the threads and connections of a client. */
  public static void close(OkHttpClient client) {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
