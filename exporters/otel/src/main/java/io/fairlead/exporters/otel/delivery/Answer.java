package io.fairlead.exporters.otel.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one request. */
sealed interface Answer {

  /**
   * The other side took it, perhaps without some items.
   *
   * @param rejected items it refused for good
   * @param message what it said about them, or null
   */
  record Accepted(long rejected, @Nullable String message) implements Answer {}

  /**
   * The request was refused for good; a part of it may be acceptable.
   *
   * @param reason why, without secrets
   * @param ofItem whether the items are at fault for certain (their size), not the configuration
   */
  record Refused(String reason, boolean ofItem) implements Answer {}

  /**
   * Not now.
   *
   * @param reason why, without secrets
   * @param after the pause it asked for, or null
   */
  record Later(String reason, @Nullable Duration after) implements Answer {}
}
