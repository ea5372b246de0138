package io.fairlead.cli.report;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What model numbers are kept by.
 *
 * @param provider who served the calls, or null
 * @param model the model, or null
 */
public record ModelKey(@Nullable String provider, @Nullable String model) {

  /** By provider, then model; unknown ones last. */
  public static final Comparator<ModelKey> ORDER =
      Comparator.comparing(ModelKey::provider, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(ModelKey::model, Comparator.nullsLast(Comparator.naturalOrder()));
}
