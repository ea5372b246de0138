package io.fairlead.runtimes.common.http;

import java.time.Duration;

/**
 * Bounds of an endpoint.
 *
 * @param connections how many clients at once; one more is answered 503
 * @param bodyBytes longest body; a longer one is answered 413
 * @param request how long a request may take from its first byte to its last; else 408
 * @param idle how long a connection may say nothing between two requests
 * @param perSecond requests a second, all clients together; one more is answered 429
 */
public record HttpLimits(
    int connections, int bodyBytes, Duration request, Duration idle, int perSecond) {

  /** 32 clients, 16 MiB, 10 s, 60 s, 500 requests a second. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(32, 16 << 20, Duration.ofSeconds(10), Duration.ofSeconds(60), 500);

  public HttpLimits {
    if (connections < 1 || bodyBytes < 1 || perSecond < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }
}
