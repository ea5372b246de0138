package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import java.time.Duration;

/** The field that says how old prices may be. */
final class StaleAfter {

  private static final String NAME = "stale_after";

  /** Half a year. */
  static final Duration DEFAULT = Duration.ofDays(180);

  static final FieldSpec FIELD =
      FieldSpec.duration(NAME, "Age of the prices from which on a warning is given.")
          .withDefault(DEFAULT.toDays() + "d");

  private StaleAfter() {}

  static Duration of(ConfigView config) {
    return config.duration(NAME);
  }
}
