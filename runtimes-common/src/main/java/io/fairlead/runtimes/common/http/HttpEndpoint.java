package io.fairlead.runtimes.common.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server for a few clients on this machine, one thread each. Not the JDK's: that one
 * has no bound on how long a client may take for a request except one for the whole program.
 */
public final class HttpEndpoint implements AutoCloseable {

  private static final int BACKLOG = 64;
  private static final Duration REFUSAL = Duration.ofMillis(200);
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(413, "Content Too Large"),
          Map.entry(426, "Upgrade Required"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(503, "Service Unavailable"));

  private final ServerSocket server;
  private final Handler handler;
  private final HttpLimits limits;
  private final RateLimit rate;
  private final String name;
  private final Map<Socket, Thread> clients = new ConcurrentHashMap<>();
  private final Thread acceptor;

  /** Answers requests. Called on one of several threads; may wait. */
  @FunctionalInterface
  public interface Handler {

    /** The answer to a request. A throw is answered 503. */
    HttpAnswer answer(HttpRequest request) throws InterruptedException;

    /**
     * Who takes the body of a request line by line while it is sent, or null when it shall be read
     * whole. Asked for bodies without a known length only.
     */
    default @Nullable LineStream lines(HttpRequest head) {
      return null;
    }

    /**
     * Who takes the text messages of a WebSocket connection, or null when the request shall be
     * answered as any other. Asked for requests for such a connection only.
     */
    default @Nullable LineStream messages(HttpRequest head) {
      return null;
    }
  }

  private HttpEndpoint(ServerSocket server, String name, HttpLimits limits, Handler handler) {
    this.server = server;
    this.handler = handler;
    this.limits = limits;
    this.rate = new RateLimit(limits.perSecond());
    this.name = name;
    this.acceptor = thread(this::accept, name + "-accept");
  }

  /**
   * Opens a port and begins to answer.
   *
   * @param address port 0 for any
   * @param name of its threads
   * @throws java.net.BindException when something else listens there
   */
  public static HttpEndpoint open(
      InetSocketAddress address, String name, HttpLimits limits, Handler handler)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    HttpEndpoint endpoint = new HttpEndpoint(server, name, limits, handler);
    endpoint.acceptor.start();
    return endpoint;
  }

  /** The port it got. */
  public int port() {
    return server.getLocalPort();
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread thread = thread(() -> serve(client), name + "-client");
        clients.put(client, thread);
        thread.start();
        if (server.isClosed()) {
          client.close();
        }
      } catch (IOException e) {
        // Closed, or a client that left before it was taken.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      OutputStream out = client.getOutputStream();
      TimedInput in = new TimedInput(client);
      boolean overfull = clients.size() > limits.connections();
      in.within(overfull ? REFUSAL : limits.request());
      if (overfull) {
        HttpAnswer full = HttpAnswer.error(503, "too many connections");
        write(out, full.with("retry-after", "1"), false);
        drain(in);
        return;
      }
      while (exchange(in, out)) {
        in.within(limits.idle());
        if (!in.awaitFirst()) {
          return;
        }
        in.within(limits.request());
      }
      drain(in);
    } catch (IOException e) {
      // The client left, or said nothing for too long.
    } finally {
      clients.remove(client);
    }
  }

  /** One request and its answer. False: the connection ends. */
  private boolean exchange(TimedInput in, OutputStream out) throws IOException {
    try {
      RequestReader reader =
          new RequestReader(
              in,
              limits.bodyBytes(),
              () -> {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
              });
      HttpRequest head = reader.head();
      if (head == null) {
        return false;
      }
      if (!rate.pass()) {
        write(out, tooMany(), false);
        return false;
      }
      LineStream messages = head.asksForWebSocket() ? handler.messages(head) : null;
      if (messages != null) {
        webSocket(in, out, head, messages);
        return false;
      }
      LineStream lines = RequestReader.isChunked(head) ? handler.lines(head) : null;
      if (lines != null) {
        write(out, stream(new LineBody(in, reader.chunks(head), limits), lines), false);
        return false;
      }
      boolean keep = !"close".equalsIgnoreCase(head.header("connection"));
      write(out, answer(reader.whole(head)), keep);
      return keep;
    } catch (HttpFault e) {
      write(out, HttpAnswer.error(e.status(), String.valueOf(e.getMessage())), false);
      return false;
    } catch (SocketTimeoutException e) {
      String reason = "the request took longer than " + limits.request().toMillis() + " ms";
      write(out, HttpAnswer.error(408, reason), false);
      return false;
    }
  }

  private void webSocket(TimedInput in, OutputStream out, HttpRequest head, LineStream taker)
      throws IOException {
    HttpAnswer refusal = WebSocketHandshake.refusal(head);
    if (refusal != null) {
      write(out, refusal, false);
      return;
    }
    out.write(WebSocketHandshake.answer(head));
    out.flush();
    new WebSocketStream(in, out, limits, taker).read();
  }

  private static HttpAnswer stream(LineBody body, LineStream taker) throws IOException {
    try {
      body.readTo(taker);
      return taker.end();
    } catch (InterruptedException e) {
      return HttpAnswer.error(503, "closing");
    } catch (RuntimeException e) {
      return notTaken();
    }
  }

  private HttpAnswer tooMany() {
    String reason = "more than " + limits.perSecond() + " requests a second";
    return HttpAnswer.error(429, reason).with("retry-after", "1");
  }

  private static HttpAnswer notTaken() {
    return HttpAnswer.error(503, "not taken; send it again").with("retry-after", "1");
  }

  private HttpAnswer answer(HttpRequest request) {
    try {
      return handler.answer(request);
    } catch (InterruptedException e) {
      return HttpAnswer.error(503, "closing");
    } catch (RuntimeException e) {
      return notTaken();
    }
  }

  private static void write(OutputStream out, HttpAnswer answer, boolean keep) throws IOException {
    StringBuilder head = new StringBuilder(128);
    String reason = REASONS.getOrDefault(answer.status(), "Refused");
    head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason).append("\r\n");
    head.append("content-type: ").append(answer.contentType()).append("\r\n");
    head.append("content-length: ").append(answer.body().length).append("\r\n");
    head.append("connection: ").append(keep ? "keep-alive" : "close").append("\r\n");
    answer.headers().forEach((k, v) -> head.append(k).append(": ").append(v).append("\r\n"));
    head.append("\r\n");
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    out.write(answer.body());
    out.flush();
  }

  /** Reads a little of what still comes: closing at once would reset the answer on its way. */
  private static void drain(TimedInput in) throws IOException {
    in.within(REFUSAL);
    byte[] rest = new byte[8192];
    for (int i = 0; i < 256 && in.read(rest) >= 0; i++) {
      // thrown away
    }
  }

  /** Closes the port and every connection, and waits for its threads. */
  @Override
  public void close() {
    closeQuietly(server);
    clients.forEach(
        (client, thread) -> {
          thread.interrupt();
          closeQuietly(client);
        });
    try {
      acceptor.join(1_000);
      for (Thread thread : clients.values()) {
        thread.join(1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // There is nothing left to do about it.
    }
  }
}
