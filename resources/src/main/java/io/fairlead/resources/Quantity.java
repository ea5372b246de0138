package io.fairlead.resources;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a number measures, with the units it may be shown in. */
enum Quantity {
  /** Base: microseconds. */
  DURATION("microseconds", 1.0, "milliseconds", 1e3, "seconds", 1e6, "minutes", 6e7),
  /** Base: bytes. */
  DATA(
      "bytes",
      1.0,
      "kilobytes",
      1e3,
      "megabytes",
      1e6,
      "gigabytes",
      1e9,
      "terabytes",
      1e12,
      "kibibytes",
      0x1p10,
      "mebibytes",
      0x1p20,
      "gibibytes",
      0x1p30,
      "tebibytes",
      0x1p40),
  /** Base: bytes per second. */
  BANDWIDTH(
      "bytes_per_second",
      1.0,
      "kibibytes_per_second",
      0x1p10,
      "mebibytes_per_second",
      0x1p20,
      "gibibytes_per_second",
      0x1p30,
      "bits_per_second",
      0.125,
      "megabits_per_second",
      1.25e5,
      "gigabits_per_second",
      1.25e8),
  /** Base: logical processors. */
  PROCESSORS("logical_processors", 1.0, "millicores", 1e-3),
  UTILIZATION("percentage", 1.0, "fraction", 100.0),
  /** Counted things have one unit: their name. */
  COUNT();

  private final Map<String, Double> units = new LinkedHashMap<>();

  Quantity(Object... namesAndFactors) {
    for (int i = 0; i < namesAndFactors.length; i += 2) {
      units.put((String) namesAndFactors[i], (Double) namesAndFactors[i + 1]);
    }
  }

  /** The units a document may choose. */
  String[] unitNames() {
    return units.keySet().toArray(String[]::new);
  }

  /** How many of the base unit one of this unit is. */
  double factor(String unit) {
    return units.getOrDefault(unit, 1.0);
  }
}
