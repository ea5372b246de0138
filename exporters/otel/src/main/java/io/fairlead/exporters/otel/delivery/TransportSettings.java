package io.fairlead.exporters.otel.delivery;

import io.fairlead.spi.config.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to reach the other side.
 *
 * @param protocol {@code http_binary} or {@code grpc}
 * @param endpoint for HTTP the URL that is posted to, for gRPC scheme and authority
 * @param headers sent with every request; their values are secrets
 * @param timeout for one request from connecting to the last byte of the answer
 * @param gzip whether bodies are compressed
 * @param maxRequest most bytes of a body before compression; one item alone may be larger
 */
public record TransportSettings(
    Protocol protocol,
    String endpoint,
    Map<String, Secret> headers,
    Duration timeout,
    boolean gzip,
    int maxRequest) {

  /** A margin below the 4 MiB that gRPC servers take by default. */
  public static final int MAX_REQUEST = 3_500_000;

  /** Settings with the usual size of requests. */
  public TransportSettings(
      Protocol protocol,
      String endpoint,
      Map<String, Secret> headers,
      Duration timeout,
      boolean gzip) {
    this(protocol, endpoint, headers, timeout, gzip, MAX_REQUEST);
  }

  /** The two forms of OTLP. */
  public enum Protocol {
    HTTP_BINARY,
    GRPC
  }

  public TransportSettings {
    headers = Map.copyOf(new LinkedHashMap<>(headers));
  }
}
