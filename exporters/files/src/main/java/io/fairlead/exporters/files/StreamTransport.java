package io.fairlead.exporters.files;

import io.fairlead.exporters.files.http.Answer;
import io.fairlead.exporters.files.http.HttpSender;
import io.fairlead.exporters.files.http.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Brings records to a server in the order given. Used by one thread at a time. */
interface StreamTransport extends AutoCloseable {

  /**
   * Sends records and waits for the answer to all of them.
   *
   * @param lines at most {@link #most()}, never empty, without line breaks
   */
  Answer send(List<String> lines) throws InterruptedException;

  /** How many records it sends at once. */
  int most();

  @Override
  void close();

  /** The transport of a name of the configuration. */
  static StreamTransport of(String transport, Remote remote) {
    return switch (transport) {
      case "websocket" -> new WebSocketTransport(remote);
      case "ndjson" -> new Http(remote, Integer.MAX_VALUE);
      default -> new Http(remote, 1);
    };
  }

  /** Lines in the body of a POST: one each, or a batch of them as a body of chunks. */
  final class Http implements StreamTransport {

    private static final MediaType LINES = MediaType.get("application/x-ndjson");

    private final HttpSender sender;
    private final int most;

    Http(Remote remote, int most) {
      this.sender = new HttpSender(remote);
      this.most = most;
    }

    @Override
    public Answer send(List<String> lines) throws InterruptedException {
      RequestBody body =
          most == 1 ? RequestBody.create(bytes(lines.get(0)), LINES) : new Chunks(lines);
      return sender.send(sender.request().post(body).build());
    }

    @Override
    public int most() {
      return most;
    }

    @Override
    public void close() {
      sender.close();
    }

    private static byte[] bytes(String line) {
      return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A body of unknown length: HTTP/1.1 sends it in chunks. */
    private static final class Chunks extends RequestBody {

      private final List<String> lines;

      Chunks(List<String> lines) {
        this.lines = lines;
      }

      @Override
      public @Nullable MediaType contentType() {
        return LINES;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        for (String line : lines) {
          sink.write(bytes(line));
        }
      }
    }
  }
}
