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
   * The other side said yes, but the rest of its answer cannot be read. It may hold the items, so
   * sending them again could double them.
   *
   * @param reason what is wrong with the answer, without secrets
   */
  record Unreadable(String reason) implements Answer {}

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
