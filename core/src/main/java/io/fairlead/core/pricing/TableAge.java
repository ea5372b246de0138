package io.fairlead.core.pricing;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;

/** Says when prices are old. */
final class TableAge {

  private TableAge() {}

  /** Reports each catalog of a table that was looked up too long ago. */
  static void check(PriceTable table, Duration limit, InstantSource clock, Faults faults) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Set<Catalog> catalogs = new LinkedHashSet<>();
    catalogs.add(table.catalog());
    table.providers().forEach(provider -> catalogs.addAll(provider.catalogs()));
    for (Catalog catalog : catalogs) {
      LocalDate asOf = catalog.asOf();
      if (asOf != null && ChronoUnit.DAYS.between(asOf, today) > limit.toDays()) {
        faults.warning(
            Faults.STALE,
            null,
            "the prices of " + catalog.name() + " are of " + asOf,
            "look them up again; costs are worked out with them meanwhile");
      }
    }
  }
}
