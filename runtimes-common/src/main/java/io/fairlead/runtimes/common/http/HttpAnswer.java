package io.fairlead.runtimes.common.http;

import io.fairlead.spi.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer.
 *
 * @param status 200, 400, …
 * @param headers besides those every answer has
 * @param contentType type of the body
 * @param body may be empty
 */
public record HttpAnswer(int status, Map<String, String> headers, String contentType, byte[] body) {

  /** JSON text. */
  public static HttpAnswer json(int status, String json) {
    return new HttpAnswer(
        status, Map.of(), "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal that says why. */
  public static HttpAnswer error(int status, String reason) {
    return json(status, "{\"error\":" + Json.ofString(reason).text() + "}");
  }

  /** The same answer with another header. */
  public HttpAnswer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, contentType, body);
  }
}
