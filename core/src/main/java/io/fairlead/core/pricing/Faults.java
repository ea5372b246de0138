package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is to be said about catalogs; beyond a bound per level it only counts. */
final class Faults {

  static final String INVALID = "pricing.invalid_config";
  static final String UNREACHABLE_TIER = "pricing.unreachable_tier";
  static final String UNLIKELY_RATE = "pricing.unlikely_rate";
  static final String NO_RATES = "pricing.no_rates";
  static final String STALE = "pricing.stale";
  static final String OMITTED = "pricing.findings_omitted";

  private static final String PREFIX = "invalid model pricing config: ";
  private static final int LIMIT = 200;

  private final List<Fault> faults = new ArrayList<>();
  private long omitted;

  /** A fault that keeps the catalog from being used. */
  void invalid(@Nullable ConfigNode at, String message, @Nullable String hint) {
    add(new Fault(Level.ERROR, INVALID, at, PREFIX + message, hint));
  }

  /** Something that will not work as its author may think. */
  void warning(String code, @Nullable ConfigNode at, String message, @Nullable String hint) {
    add(new Fault(Level.WARNING, code, at, message, hint));
  }

  private void add(Fault fault) {
    if (faults.contains(fault)) {
      return;
    }
    if (faults.stream().filter(known -> known.level() == fault.level()).count() < LIMIT) {
      faults.add(fault);
    } else {
      omitted++;
    }
  }

  List<Fault> all() {
    List<Fault> all = new ArrayList<>(faults);
    if (omitted > 0) {
      String message = omitted + " further findings about prices are not shown";
      all.add(new Fault(Level.INFO, OMITTED, null, message, null));
    }
    return List.copyOf(all);
  }

  boolean hasErrors() {
    return faults.stream().anyMatch(Fault::isError);
  }
}
