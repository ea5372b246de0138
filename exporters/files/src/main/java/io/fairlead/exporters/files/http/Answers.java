package io.fairlead.exporters.files.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What the status of an HTTP answer means for what was sent. */
final class Answers {

  /** The content is at fault, and will be again. Everything else an operator or time can mend. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

  private static final Duration LONGEST = Duration.ofHours(1);

  private Answers() {}

  static Answer of(Response response, InstantSource clock) {
    String reason = "HTTP " + response.code();
    if (response.isSuccessful()) {
      return new Answer.Accepted();
    }
    return REFUSALS.contains(response.code())
        ? new Answer.Refused(reason)
        : new Answer.Later(reason, retryAfter(response.header("Retry-After"), clock));
  }

  /** The pause a header asks for: seconds or a date; null when it makes no sense. */
  static @Nullable Duration retryAfter(@Nullable String header, InstantSource clock) {
    if (header == null || header.isBlank()) {
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

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
