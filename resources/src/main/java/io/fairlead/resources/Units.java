package io.fairlead.resources;

import io.fairlead.spi.config.ConfigView;
import java.util.HashMap;
import java.util.Map;

/** The units a document chooses. */
final class Units {

  private final Map<String, String> chosen = new HashMap<>();

  /** The choices of the table {@code units}. */
  Units(ConfigView table) {
    collect("", table);
  }

  private void collect(String prefix, ConfigView table) {
    table
        .spec()
        .fields()
        .forEach(
            field -> {
              String path = prefix + field.name();
              if (field.table() != null) {
                collect(path + ".", table.table(field.name()));
                return;
              }
              String unit = table.stringOrNull(field.name());
              if (unit != null) {
                chosen.put(path, unit);
              }
            });
  }

  /** The unit a metric is shown in. */
  String of(Metric.Descriptor metric) {
    String key = metric.unitKey();
    return key == null ? metric.unit() : chosen.getOrDefault(key, metric.unit());
  }
}
