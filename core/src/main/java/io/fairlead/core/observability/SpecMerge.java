package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a section that both Relay and the exporter behind it know: Relay's declaration
 * counts for its own fields, the exporter's adds to them, inside nested tables too.
 */
final class SpecMerge {

  private SpecMerge() {}

  static ConfigSpec of(ConfigSpec relay, ConfigSpec exporter) {
    List<FieldSpec> fields = new ArrayList<>();
    for (FieldSpec field : relay.fields()) {
      FieldSpec other = exporter.field(field.name());
      fields.add(other == null ? field : merged(field, other));
    }
    for (FieldSpec field : exporter.fields()) {
      if (relay.field(field.name()) == null) {
        fields.add(field);
      }
    }
    return ConfigSpec.of(fields);
  }

  private static FieldSpec merged(FieldSpec relay, FieldSpec exporter) {
    ConfigSpec own = relay.table();
    ConfigSpec other = exporter.table();
    if (own == null || other == null || relay.type() != exporter.type()) {
      return relay;
    }
    return new FieldSpec(
        relay.name(),
        relay.type(),
        relay.doc(),
        relay.defaultValue(),
        relay.required(),
        relay.allowed(),
        relay.minimum(),
        relay.maximum(),
        relay.secret(),
        relay.since(),
        of(own, other));
  }
}
