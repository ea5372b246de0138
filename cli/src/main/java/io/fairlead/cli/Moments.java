package io.fairlead.cli;

import io.fairlead.spi.config.Durations;
import io.fairlead.spi.event.EpochNanos;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Moments as people write them. */
final class Moments {

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

  private Moments() {}

  /**
   * A length of time before now, a day (UTC) or a time with its offset; nanoseconds since the
   * epoch, or null for anything else.
   */
  static @Nullable Long parse(String text, InstantSource clock) {
    Duration ago = Durations.parse(text);
    if (ago != null) {
      return nanos(clock.instant().minus(ago));
    }
    for (Function<String, Instant> form : FORMS) {
      try {
        return nanos(form.apply(text));
      } catch (DateTimeException e) {
        // Another form, then.
      }
    }
    return null;
  }

  private static @Nullable Long nanos(Instant instant) {
    try {
      return EpochNanos.of(instant);
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
