package io.fairlead.exporters.otel.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The pauses servers ask for. A pause that makes no sense reads as none; the longest is an hour.
 */
public final class RetryAfter {

  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /** Of an HTTP {@code Retry-After}: seconds or a date. */
  public static @Nullable Duration ofHeader(@Nullable String header, InstantSource clock) {
    if (header == null) {
      return null;
    }
    try {
      if (header.chars().allMatch(Character::isDigit)) {
        return bounded(Duration.ofSeconds(Long.parseLong(header)));
      }
      ZonedDateTime until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
      return bounded(Duration.between(clock.instant(), until.toInstant()));
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  /** A pause that makes sense. */
  public static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
