package io.fairlead.exporters.otel.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a metric mark says of an instrument.
 *
 * @param name as written
 * @param form kind and type of number
 * @param unit its unit, or null
 * @param description advisory, or null
 * @param boundaries of a histogram's buckets, or null for the usual ones
 */
record Descriptor(
    String name,
    Form form,
    @Nullable String unit,
    @Nullable String description,
    @Nullable List<Double> boundaries) {

  /** The kinds of instruments with the types of numbers each may have. */
  enum Form {
    COUNTER_U64("counter", "u64", Instrument.Kind.COUNTER),
    COUNTER_F64("counter", "f64", Instrument.Kind.AMOUNT),
    UP_DOWN_I64("up_down_counter", "i64", Instrument.Kind.UP_DOWN),
    UP_DOWN_F64("up_down_counter", "f64", Instrument.Kind.UP_DOWN_AMOUNT),
    GAUGE_U64("gauge", "u64", Instrument.Kind.GAUGE),
    GAUGE_I64("gauge", "i64", Instrument.Kind.GAUGE),
    GAUGE_F64("gauge", "f64", Instrument.Kind.GAUGE_AMOUNT),
    HISTOGRAM_U64("histogram", "u64", Instrument.Kind.HISTOGRAM),
    HISTOGRAM_F64("histogram", "f64", Instrument.Kind.HISTOGRAM);

    private final String kind;
    private final String type;
    private final Instrument.Kind shape;

    Form(String kind, String type, Instrument.Kind shape) {
      this.kind = kind;
      this.type = type;
      this.shape = shape;
    }

    static @Nullable Form of(String kind, String type) {
      for (Form form : values()) {
        if (form.kind.equals(kind) && form.type.equals(type)) {
          return form;
        }
      }
      return null;
    }

    static boolean isKind(@Nullable Object word) {
      return List.of(values()).stream().anyMatch(form -> form.kind.equals(word));
    }

    boolean isHistogram() {
      return shape == Instrument.Kind.HISTOGRAM;
    }

    boolean isMonotonic() {
      return shape == Instrument.Kind.COUNTER || shape == Instrument.Kind.AMOUNT;
    }
  }

  /** Names that differ in case alone mean one instrument. */
  String key() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether another may record into the same instrument; the rest is advisory. */
  boolean hasIdentityOf(Descriptor other) {
    return form == other.form && Objects.equals(unit, other.unit);
  }

  Instrument instrument() {
    List<Double> bounds = boundaries == null ? Instrument.USUAL_BOUNDS : boundaries;
    return new Instrument(
        key(),
        unit == null ? "" : unit,
        description == null ? "" : description,
        form.shape,
        form.isHistogram() ? bounds : List.of(),
        true);
  }
}
