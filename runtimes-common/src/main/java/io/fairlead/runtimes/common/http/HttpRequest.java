package io.fairlead.runtimes.common.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was read to its end.
 *
 * @param method as it was sent
 * @param path without its query
 * @param headers by name in lower case; of repeated ones the last
 * @param body may be empty
 */
public record HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {

  /** The value of a header, or null when it is absent or blank. */
  public @Nullable String header(String name) {
    String value = headers.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Whether it asks for a WebSocket connection (RFC 6455). */
  public boolean asksForWebSocket() {
    String connection = header("connection");
    return method.equals("GET")
        && "websocket".equalsIgnoreCase(header("upgrade"))
        && connection != null
        && connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }

  @Override
  public String toString() {
    return method + " " + path + ", " + body.length + " bytes";
  }
}
