package io.fairlead.atof;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** ATOF timestamps: RFC 3339 in UTC, or whole microseconds since the epoch when read. */
public final class AtofTime {

  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private AtofTime() {}

  /** RFC 3339 with offset {@code +00:00} and as few of 0, 3, 6 or 9 fraction digits as it needs. */
  public static String format(long epochNanos) {
    long second = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
    int nanos = Math.floorMod(epochNanos, NANOS_PER_SECOND);
    StringBuilder out = new StringBuilder(35);
    SECONDS.formatTo(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC), out);
    if (nanos != 0) {
      String digits = Integer.toString(NANOS_PER_SECOND + nanos).substring(1);
      int length = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
      out.append('.').append(digits, 0, length);
    }
    return out.append("+00:00").toString();
  }

  /**
   * The time of a JSON value: a string in RFC 3339 or an integer in microseconds. A time before
   * 1677 or after 2262 becomes the first or the last one there is: the event counts, not its time.
   */
  static long parse(JsonScan.Slice value) {
    try {
      String text = value.string();
      if (text == null) {
        return nanos(Long.parseLong(value.raw()), 1_000L, 0);
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return nanos(instant.getEpochSecond(), NANOS_PER_SECOND, instant.getNano());
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new MalformedJsonException("'timestamp' is no time");
    }
  }

  private static long nanos(long units, long nanosPerUnit, int more) {
    try {
      return Math.addExact(Math.multiplyExact(units, nanosPerUnit), more);
    } catch (ArithmeticException e) {
      return units < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
