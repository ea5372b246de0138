package io.fairlead.exporters.otel.http;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Headers as tables of the document name them: {@code headers}, {@code header_env}, … */
public final class ConfiguredHeaders {

  private static final int MAX_SECRET_FILE = 64 * 1024;

  private ConfiguredHeaders() {}

  /**
   * The headers of a table, in the order of {@code headers}, {@code header_env}, {@code
   * header_file}; what comes later wins.
   *
   * @throws IllegalArgumentException when a variable is not set
   * @throws IOException when a file cannot be read
   */
  public static Map<String, Secret> read(ConfigView view, ComponentContext context)
      throws IOException {
    Map<String, Secret> headers = new LinkedHashMap<>();
    view.stringMap("headers").forEach((name, value) -> headers.put(name, Secret.of(value)));
    view.stringMap("header_env")
        .forEach((name, variable) -> headers.put(name, variable(name, variable, context)));
    for (Map.Entry<String, String> header : view.stringMap("header_file").entrySet()) {
      headers.put(header.getKey(), file(header.getKey(), Path.of(header.getValue())));
    }
    return headers;
  }

  private static Secret variable(String header, String variable, ComponentContext context) {
    String value = context.environment(variable);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(
          "header '" + header + "': the variable " + variable + " is not set");
    }
    return Secret.of(value);
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
