package io.fairlead.exporters.files.http;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final int MAX_SECRET_FILE = 64 * 1024;

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
    Map<String, Secret> headers = new LinkedHashMap<>();
    view.stringMap("headers").forEach((name, value) -> headers.put(name, Secret.of(value)));
    for (Map.Entry<String, String> header : view.stringMap("header_env").entrySet()) {
      String value = context.environment(header.getValue());
      if (value == null || value.isEmpty()) {
        throw new IllegalArgumentException(
            "header '" + header.getKey() + "': the variable " + header.getValue() + " is not set");
      }
      headers.put(header.getKey(), Secret.of(value));
    }
    for (Map.Entry<String, String> header : view.stringMap("header_file").entrySet()) {
      headers.put(header.getKey(), file(header.getKey(), Path.of(header.getValue())));
    }
    Duration timeout = Duration.ofMillis(view.integer("timeout_millis"));
    return new Remote(view.string(key), headers, timeout, context.clock());
  }

  /** The client would name the value of a header it cannot send. */
  private static void requireSendable(String header, Secret value) {
    if (!value.reveal().chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127))) {
      throw new IllegalArgumentException(
          "header '" + header + "' has a value that no header may have");
    }
  }

  private static Secret file(String header, Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_SECRET_FILE + 1);
      if (bytes.length > MAX_SECRET_FILE) {
        throw new IOException("header '" + header + "': " + path + " is too large for a header");
      }
      return Secret.of(new String(bytes, StandardCharsets.UTF_8).strip());
    }
  }
}
