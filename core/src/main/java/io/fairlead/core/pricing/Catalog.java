package io.fairlead.core.pricing;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where prices come from.
 *
 * @param name for people: a file, a project and its version
 * @param asOf the day the prices were looked up, or null when the catalog does not say
 */
public record Catalog(String name, @Nullable LocalDate asOf) {

  @Override
  public String toString() {
    return asOf == null ? name : name + " (" + asOf + ")";
  }
}
