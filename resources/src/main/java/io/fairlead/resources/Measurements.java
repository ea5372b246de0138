package io.fairlead.resources;

import io.fairlead.resources.Metric.Descriptor;
import io.fairlead.spi.event.Json;
import org.jspecify.annotations.Nullable;

/** Writes the payload of a metric mark. What is not known is left out. */
final class Measurements {

  private static final String SCOPE = "nemo_relay.resource.measurement_scope";
  private static final String SYSTEM = "nemo_relay.resource.operating_system";

  private final StringBuilder out = new StringBuilder("{\"measurements\":[");
  private final String scope;
  private final String operatingSystem;
  private final Units units;
  private boolean first = true;

  /**
   * An empty payload.
   *
   * @param scope the scope of all but host-wide figures
   */
  Measurements(String scope, String operatingSystem, Units units) {
    this.scope = scope;
    this.operatingSystem = operatingSystem;
    this.units = units;
  }

  Json json() {
    return new Json(out + "]}");
  }

  /** A number of things, or an amount in the base unit of its quantity. */
  void whole(Metric metric, @Nullable Long value, String... attributes) {
    whole(metric.descriptor(), scope, value, attributes);
  }

  void whole(Descriptor metric, String ofScope, @Nullable Long value, String... attributes) {
    if (value == null) {
      return;
    }
    String unit = units.of(metric);
    double factor = metric.quantity().factor(unit);
    if (factor == 1 || unit.equals(metric.unit())) {
      write(metric, unit, ofScope, "u64", Long.toString(value / (long) factor), attributes);
    } else {
      write(metric, unit, ofScope, "f64", Double.toString(value / factor), attributes);
    }
  }

  /** A number with a fraction, in the base unit of its quantity. */
  void fraction(Metric metric, @Nullable Double value) {
    fraction(metric.descriptor(), scope, value);
  }

  void fraction(Descriptor metric, String ofScope, @Nullable Double value, String... attributes) {
    if (value != null) {
      String unit = units.of(metric);
      String text = Double.toString(value / metric.quantity().factor(unit));
      write(metric, unit, ofScope, "f64", text, attributes);
    }
  }

  private void write(
      Descriptor metric,
      String unit,
      String ofScope,
      String type,
      String value,
      String... attributes) {
    out.append(first ? "{" : ",{").append("\"attributes\":{");
    first = false;
    for (int i = 0; i < attributes.length; i += 2) {
      member(attributes[i], attributes[i + 1]).append(',');
    }
    member(SCOPE, ofScope).append(',');
    member(SYSTEM, operatingSystem).append("},");
    member("description", metric.description()).append(',');
    member("kind", "gauge").append(',');
    member("name", metric.name()).append(',');
    member("unit", unit).append(",\"value\":").append(value).append(',');
    member("value_type", type).append('}');
  }

  private StringBuilder member(String name, String value) {
    Json.appendQuoted(out, name);
    out.append(':');
    Json.appendQuoted(out, value);
    return out;
  }
}
