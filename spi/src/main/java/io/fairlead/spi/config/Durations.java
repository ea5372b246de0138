package io.fairlead.spi.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lengths of time as people write them. */
public final class Durations {

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /**
   * The length of time a text says: a whole number with {@code ms s m h d}, or ISO 8601 ({@code
   * PT30S}). Null when it says none, or a negative one.
   */
  public static @Nullable Duration parse(String text) {
    String trimmed = text.trim();
    int digits = 0;
    while (digits < trimmed.length() && Character.isDigit(trimmed.charAt(digits))) {
      digits++;
    }
    try {
      if (digits == 0) {
        Duration iso = Duration.parse(trimmed.toUpperCase(Locale.ROOT));
        return iso.isNegative() ? null : iso;
      }
      Duration unit = UNITS.get(trimmed.substring(digits).trim());
      return unit == null ? null : unit.multipliedBy(Long.parseLong(trimmed.substring(0, digits)));
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
