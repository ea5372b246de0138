package io.fairlead.exporters.files.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of something sent. */
public sealed interface Answer {

  /** The other side took it. */
  record Accepted() implements Answer {}

  /**
   * The other side refused it for good; a part of it may be acceptable.
   *
   * @param reason why, without secrets
   */
  record Refused(String reason) implements Answer {}

  /**
   * Not now.
   *
   * @param reason why, without secrets
   * @param after the pause it asked for, or null
   */
  record Later(String reason, @Nullable Duration after) implements Answer {}
}
