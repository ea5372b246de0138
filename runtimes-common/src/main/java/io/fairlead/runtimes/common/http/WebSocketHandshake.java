package io.fairlead.runtimes.common.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How an HTTP request becomes a WebSocket connection (RFC 6455 section 4.2); no extensions. */
final class WebSocketHandshake {

  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  /** The fixed text of RFC 6455 that is hashed with a client's key. */
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketHandshake() {}

  /** Why a request that asks for a WebSocket does not get one, or null. */
  static @Nullable HttpAnswer refusal(HttpRequest head) {
    if (!VERSION.equals(head.header("sec-websocket-version"))) {
      return HttpAnswer.error(426, "version 13 of the protocol is spoken here")
          .with("upgrade", "websocket")
          .with("sec-websocket-version", VERSION);
    }
    return isKey(head.header("sec-websocket-key"))
        ? null
        : HttpAnswer.error(400, "the key of the handshake is missing or wrong");
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The answer that opens the connection. */
  static byte[] answer(HttpRequest head) {
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
            + "sec-websocket-accept: "
            + accepted(String.valueOf(head.header("sec-websocket-key")))
            + "\r\n\r\n";
    return answer.getBytes(StandardCharsets.US_ASCII);
  }

  private static String accepted(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
