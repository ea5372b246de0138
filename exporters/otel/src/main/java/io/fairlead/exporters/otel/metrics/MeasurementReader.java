package io.fairlead.exporters.otel.metrics;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.exporters.otel.metrics.Descriptor.Form;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one element of a metric mark's measurements by the rules of NeMo Relay's schema. */
final class MeasurementReader {

  private static final Set<String> MEMBERS =
      Set.of(
          "name", "kind", "value_type", "value", "unit", "description", "attributes", "boundaries");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]{0,254}");
  private static final Set<String> TYPES = Set.of("u64", "i64", "f64");
  private static final int MAX_UNIT = 63;
  private static final int MAX_BOUNDARIES = 64;

  private MeasurementReader() {}

  static Measurement read(@Nullable Object json) throws InvalidMarkException {
    if (!(json instanceof JsonTree.Members members)) {
      throw new InvalidMarkException("is no object");
    }
    for (String key : members.keySet()) {
      require(MEMBERS.contains(key), "has an unknown member");
    }
    Descriptor descriptor = descriptor(members);
    return new Measurement(
        descriptor,
        value(descriptor.form(), members.get("value")),
        MeasuredAttributes.read(members.get("attributes")));
  }

  private static Descriptor descriptor(JsonTree.Members members) throws InvalidMarkException {
    String name = as(String.class, members.get("name"), "has no name");
    require(
        NAME.matcher(name).matches(),
        "name is not 1 to 255 letters, digits, '_', '.', '-' and '/', a letter first");
    String kind = as(String.class, members.get("kind"), "has no kind");
    String type = as(String.class, members.get("value_type"), "has no value_type");
    require(Form.isKind(kind), "kind is none of counter, up_down_counter, gauge, histogram");
    require(TYPES.contains(type), "value_type is none of u64, i64, f64");
    Form form =
        as(Form.class, Form.of(kind, type), "kind " + kind + " takes no value_type " + type);
    String unit = text(members, "unit");
    require(
        unit == null || (unit.length() <= MAX_UNIT && unit.chars().allMatch(c -> c < 0x80)),
        "unit is not ASCII or longer than " + MAX_UNIT);
    return new Descriptor(
        name,
        form,
        unit == null ? null : SeriesCodec.clean(unit),
        clean(text(members, "description")),
        boundaries(form, members.get("boundaries")));
  }

  private static @Nullable String clean(@Nullable String text) {
    return text == null ? null : SeriesCodec.clean(MeasuredAttributes.cut(text));
  }

  private static @Nullable String text(JsonTree.Members members, String name)
      throws InvalidMarkException {
    Object value = members.get(name);
    return value == null ? null : as(String.class, value, name + " is no text");
  }

  private static @Nullable List<Double> boundaries(Form form, @Nullable Object json)
      throws InvalidMarkException {
    if (json == null) {
      return null;
    }
    List<?> given = as(List.class, json, "boundaries is no list");
    require(given.size() <= MAX_BOUNDARIES, "has more than " + MAX_BOUNDARIES + " boundaries");
    List<Double> bounds = new ArrayList<>(given.size());
    for (Object element : given) {
      NumberText number = as(NumberText.class, element, "has a boundary that is no number");
      double bound = finite(number, "has a boundary that is not finite");
      require(
          bounds.isEmpty() || bounds.get(bounds.size() - 1) < bound,
          "boundaries do not increase strictly");
      bounds.add(bound);
    }
    require(form.isHistogram(), "is no histogram and has boundaries");
    return List.copyOf(bounds);
  }

  private static BigDecimal value(Form form, @Nullable Object json) throws InvalidMarkException {
    NumberText number = as(NumberText.class, json, "value is no number");
    switch (form) {
      case COUNTER_F64, UP_DOWN_F64, GAUGE_F64, HISTOGRAM_F64 -> {
        double value = finite(number, "value is not finite");
        require(!form.isMonotonic() || value >= 0, "value of a counter is negative");
        return BigDecimal.valueOf(value);
      }
      case UP_DOWN_I64, GAUGE_I64 -> {
        return BigDecimal.valueOf(whole(number, "value is no signed 64-bit integer"));
      }
      default -> {
        long value = whole(number, "value is no unsigned integer up to 2^63 - 1");
        require(value >= 0, "value is no unsigned integer up to 2^63 - 1");
        return BigDecimal.valueOf(value);
      }
    }
  }

  static long whole(NumberText number, String otherwise) throws InvalidMarkException {
    Long value = number.asLong();
    if (value == null) {
      throw new InvalidMarkException(otherwise);
    }
    return value;
  }

  static double finite(NumberText number, String otherwise) throws InvalidMarkException {
    double value = number.asDouble();
    require(Double.isFinite(value), otherwise);
    return value;
  }

  static <T> T as(Class<T> type, @Nullable Object value, String otherwise)
      throws InvalidMarkException {
    if (!type.isInstance(value)) {
      throw new InvalidMarkException(otherwise);
    }
    return type.cast(value);
  }

  static void require(boolean holds, String otherwise) throws InvalidMarkException {
    if (!holds) {
      throw new InvalidMarkException(otherwise);
    }
  }
}
