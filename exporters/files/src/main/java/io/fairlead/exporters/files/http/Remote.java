package io.fairlead.exporters.files.http;

import io.fairlead.exporters.otel.http.ConfiguredHeaders;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server things are sent to.
 *
 * @param url where
 * @param headers sent with every request; their values are secrets
 * @param timeout for one exchange, from connecting to the last byte of the answer
 * @param clock tells what time a server means that names one
 */
public record Remote(
    String url, Map<String, Secret> headers, Duration timeout, InstantSource clock) {

  public Remote {
    headers.forEach(Remote::requireSendable);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * The server a table of the document names, with {@code headers}, {@code header_env}, {@code
   * header_file} and {@code timeout_millis} beside its address.
   *
   * @param key the key of the address
   * @throws IllegalArgumentException when a variable is not set
   */
  public static Remote read(ConfigView view, String key, ComponentContext context)
      throws IOException {
    Duration timeout = Duration.ofMillis(view.integer("timeout_millis"));
    return new Remote(
        view.string(key), ConfiguredHeaders.read(view, context), timeout, context.clock());
  }

  /** The client would name the value of a header it cannot send. */
  private static void requireSendable(String header, Secret value) {
    if (!value.reveal().chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127))) {
      throw new IllegalArgumentException(
          "header '" + header + "' has a value that no header may have");
    }
  }
}
