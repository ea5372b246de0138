package io.fairlead.core.pricing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a price holds, in UTC.
 *
 * @param from first day, or null
 * @param until first day on which it holds no more, or null
 * @param startTime beginning of the daily window, or null for the whole day
 * @param endTime end of the daily window, itself outside; before {@code startTime} the window wraps
 *     over midnight, equal to it the window is the whole day
 * @param days days of the week; empty: all
 */
record Validity(
    @Nullable LocalDate from,
    @Nullable LocalDate until,
    @Nullable LocalTime startTime,
    @Nullable LocalTime endTime,
    Set<DayOfWeek> days) {

  /** Always. */
  static final Validity ALWAYS = new Validity(null, null, null, null, Set.of());

  Validity {
    days = Set.copyOf(days);
  }

  /** Between two days, the second excluded. */
  static Validity between(@Nullable LocalDate from, @Nullable LocalDate until) {
    return new Validity(from, until, null, null, Set.of());
  }

  /** Whether the price holds at a time in UTC. */
  boolean contains(LocalDateTime time) {
    LocalDate date = time.toLocalDate();
    return (from == null || !date.isBefore(from))
        && (until == null || date.isBefore(until))
        && (days.isEmpty() || days.contains(date.getDayOfWeek()))
        && containsTime(time.toLocalTime());
  }

  /** Whether hour and day of the week do not matter. */
  boolean isWholeDay() {
    return startTime == null && endTime == null && days.isEmpty();
  }

  /** The same days, whatever the hour and the day of the week. */
  Validity wholeDays() {
    return between(from, until);
  }

  private boolean containsTime(LocalTime time) {
    if (startTime == null && endTime == null) {
      return true;
    }
    LocalTime start = startTime == null ? LocalTime.MIN : startTime;
    LocalTime end = endTime == null ? LocalTime.MIN : endTime;
    boolean started = !time.isBefore(start);
    boolean notEnded = time.isBefore(end);
    return start.isBefore(end) ? started && notEnded : started || notEnded || start.equals(end);
  }

  /** When both hold; of two daily windows the other one counts. */
  Validity and(Validity other) {
    boolean window = other.startTime != null || other.endTime != null;
    return new Validity(
        other.from == null || from != null && from.isAfter(other.from) ? from : other.from,
        other.until == null || until != null && until.isBefore(other.until) ? until : other.until,
        window ? other.startTime : startTime,
        window ? other.endTime : endTime,
        other.days.isEmpty() ? days : other.days);
  }

  /** Whether a day can belong to both. */
  boolean overlaps(Validity other) {
    return beginsBeforeEnd(from, other.until) && beginsBeforeEnd(other.from, until);
  }

  private static boolean beginsBeforeEnd(@Nullable LocalDate begin, @Nullable LocalDate end) {
    return begin == null || end == null || begin.isBefore(end);
  }
}
