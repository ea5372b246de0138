package io.fairlead.runtimes.common.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text messages of a WebSocket, given as they come. The answer to the client's close says that
 * all of them were taken; another code says that they were not.
 */
final class WebSocketStream {

  private static final int MOST_MESSAGES = 500;
  private static final int LONGEST_REASON = 123;

  private final TimedInput in;
  private final OutputStream out;
  private final HttpLimits limits;
  private final LineStream taker;
  private final List<byte[]> messages = new ArrayList<>();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean within;
  private long waiting;

  WebSocketStream(TimedInput in, OutputStream out, HttpLimits limits, LineStream taker) {
    this.in = in;
    this.out = out;
    this.limits = limits;
    this.taker = taker;
  }

  /** Reads until one side closes. */
  void read() throws IOException {
    try {
      while (next()) {
        boolean full = messages.size() >= MOST_MESSAGES || waiting >= limits.bodyBytes();
        if (full || !in.hasMoreThan(0)) {
          give();
        }
      }
      give();
      HttpAnswer end = taker.end();
      boolean taken = end.status() == 200;
      close(
          taken ? WebSocketFault.NORMAL : WebSocketFault.BAD_DATA,
          taken ? "" : "no message was what is taken here");
    } catch (WebSocketFault e) {
      close(e.code(), String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      close(WebSocketFault.TRY_AGAIN, "too slow");
    } catch (InterruptedException e) {
      close(WebSocketFault.GOING_AWAY, "closing");
    } catch (RuntimeException e) {
      close(WebSocketFault.TRY_AGAIN, "not taken; send it again");
    }
  }

  /** Takes a frame. False: the client closes. */
  private boolean next() throws IOException {
    awaitFrame();
    WebSocketFrame frame = WebSocketFrame.read(in, limits.bodyBytes() - message.size());
    if (frame.isControl()) {
      if (frame.opcode() == WebSocketFrame.PING) {
        WebSocketFrame.write(out, WebSocketFrame.PONG, frame.payload());
      }
      return frame.opcode() != WebSocketFrame.CLOSE;
    }
    if (within != (frame.opcode() == WebSocketFrame.CONTINUATION)) {
      throw new WebSocketFault(WebSocketFault.PROTOCOL, "a message begins within another one");
    }
    if (frame.opcode() == WebSocketFrame.BINARY) {
      throw new WebSocketFault(WebSocketFault.NOT_TEXT, "messages are text");
    }
    message.write(frame.payload(), 0, frame.payload().length);
    within = !frame.last();
    if (frame.last()) {
      messages.add(text(message.toByteArray()));
      waiting += message.size();
      message.reset();
    }
    return true;
  }

  /** Waits; a client that says nothing for long is asked whether it is there. */
  private void awaitFrame() throws IOException {
    if (within) {
      return;
    }
    boolean asked = false;
    while (true) {
      in.within(limits.idle());
      try {
        in.awaitFirst();
        in.within(limits.request());
        return;
      } catch (SocketTimeoutException e) {
        if (asked) {
          throw e;
        }
        asked = true;
        WebSocketFrame.write(out, WebSocketFrame.PING, new byte[0]);
      }
    }
  }

  private static byte[] text(byte[] bytes) throws WebSocketFault {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (CharacterCodingException e) {
      throw new WebSocketFault(WebSocketFault.BAD_DATA, "a message is not UTF-8");
    }
  }

  private void give() throws InterruptedException {
    if (!messages.isEmpty()) {
      taker.take(List.copyOf(messages));
      messages.clear();
      waiting = 0;
    }
  }

  private void close(int code, String reason) throws IOException {
    byte[] words = reason.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(words.length, LONGEST_REASON);
    ByteBuffer payload = ByteBuffer.allocate(Short.BYTES + length);
    payload.putShort((short) code).put(words, 0, length);
    WebSocketFrame.write(out, WebSocketFrame.CLOSE, payload.array());
  }
}
