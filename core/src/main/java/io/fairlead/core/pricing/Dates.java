package io.fairlead.core.pricing;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Days in texts that were not written for programs. */
final class Dates {

  private static final int ISO_DAY = 10;

  private Dates() {}

  /** The ISO day a text begins with, or null. */
  static @Nullable LocalDate leadingDay(String text) {
    String trimmed = text.trim();
    try {
      return LocalDate.parse(trimmed.substring(0, Math.min(ISO_DAY, trimmed.length())));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
