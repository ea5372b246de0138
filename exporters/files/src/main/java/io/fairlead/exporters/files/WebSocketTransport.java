package io.fairlead.exporters.files;

import io.fairlead.exporters.files.http.Answer;
import io.fairlead.exporters.files.http.HttpSender;
import io.fairlead.exporters.files.http.Remote;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * A text frame per record over a WebSocket. Nothing in the protocol acknowledges a frame, but the
 * answer to a close says that everything before it has been read: so each batch has a connection of
 * its own, and is over when the other side has answered its close. A server that closes on its own
 * account, with the code of a normal close, in the moment between the two cannot be told from one
 * that answers.
 */
final class WebSocketTransport implements StreamTransport {

  private static final int NORMAL = 1_000;
  private static final int NO_CODE = 1_005;
  private static final int MOST = 512;
  private static final Answer EARLY =
      new Answer.Later("the server closed before it had everything", null);

  /** OkHttp queues no more than 16 MiB of UTF-8, at most three bytes for each character. */
  private static final long ROOM = 15 << 20;

  private static final int LONGEST_CHARACTER = 3;

  /** Unsupported data, not UTF-8, against the policy, too large: the content is at fault. */
  private static final Set<Integer> REFUSALS = Set.of(1_003, 1_007, 1_008, 1_009);

  private final Remote remote;
  private final OkHttpClient client;

  WebSocketTransport(Remote remote) {
    this.remote = remote;
    this.client = HttpSender.client(remote);
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public Answer send(List<String> lines) throws InterruptedException {
    Exchange exchange = new Exchange(remote);
    WebSocket socket = client.newWebSocket(HttpSender.request(remote).build(), exchange);
    try {
      Answer failed = exchange.opened();
      if (failed != null) {
        return failed;
      }
      for (String line : lines) {
        long size = (long) line.length() * LONGEST_CHARACTER;
        if (size > ROOM) {
          return new Answer.Refused("a record is too large for a frame");
        }
        if (socket.queueSize() + size > ROOM && !exchange.drained(socket)) {
          return new Answer.Later("the server reads too slowly", null);
        }
        if (!socket.send(line)) {
          return exchange.brokenOff();
        }
      }
      exchange.finished();
      socket.close(NORMAL, null);
      return exchange.closed();
    } finally {
      socket.cancel();
    }
  }

  @Override
  public void close() {
    HttpSender.close(client);
  }

  /** What the other side does during one batch. */
  private static final class Exchange extends WebSocketListener {

    private final Remote remote;
    private final CompletableFuture<@Nullable Answer> opened = new CompletableFuture<>();
    private final CompletableFuture<Answer> closed = new CompletableFuture<>();
    private volatile boolean finished;

    Exchange(Remote remote) {
      this.remote = remote;
    }

    /** Waits for the handshake; null when it went well. */
    @Nullable Answer opened() throws InterruptedException {
      return await(opened);
    }

    /** Says that everything has been handed over; a close before that is none of ours. */
    void finished() {
      finished = true;
    }

    Answer brokenOff() {
      Answer answer = closed.getNow(EARLY);
      return answer instanceof Answer.Accepted ? EARLY : answer;
    }

    Answer closed() throws InterruptedException {
      Answer answer = await(closed);
      return answer == null ? new Answer.Later("the server did not close", null) : answer;
    }

    /** Waits until what was sent is on its way. */
    boolean drained(WebSocket socket) throws InterruptedException {
      long deadline = System.nanoTime() + remote.timeout().toNanos();
      while (socket.queueSize() > 0 && !closed.isDone()) {
        if (System.nanoTime() - deadline > 0) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return true;
    }

    private <T extends @Nullable Answer> @Nullable Answer await(CompletableFuture<T> future)
        throws InterruptedException {
      try {
        return future.get(remote.timeout().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        return new Answer.Later("no answer within " + remote.timeout().toMillis() + " ms", null);
      } catch (ExecutionException e) {
        return new Answer.Later(HttpSender.trouble(e), null);
      }
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      opened.complete(null);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      String words = "closed with " + code;
      if (REFUSALS.contains(code)) {
        closed.complete(new Answer.Refused(words));
      } else if (code != NORMAL && code != NO_CODE) {
        closed.complete(new Answer.Later(words, null));
      } else if (!finished) {
        closed.complete(EARLY);
      }
      socket.close(NORMAL, null);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      closed.complete(new Answer.Accepted());
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
      Answer.Later later =
          response == null || response.code() == 101
              ? new Answer.Later(HttpSender.trouble(failure), null)
              : HttpSender.handshake(response, remote);
      opened.complete(later);
      closed.complete(later);
    }
  }
}
