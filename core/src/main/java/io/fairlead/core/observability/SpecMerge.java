package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The spec without fields of some names, inside nested tables too. */
  static ConfigSpec without(ConfigSpec spec, List<String> names) {
    List<FieldSpec> fields = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      ConfigSpec nested = field.table();
      if (!names.contains(field.name())) {
        fields.add(nested == null ? field : copy(field, field.name(), without(nested, names)));
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
    return copy(relay, relay.name(), of(own, other));
  }

  /** The same field under another name. */
  static FieldSpec renamed(FieldSpec field, String name) {
    return copy(field, name, field.table());
  }

  private static FieldSpec copy(FieldSpec field, String name, @Nullable ConfigSpec table) {
    return new FieldSpec(
        name,
        field.type(),
        field.doc(),
        field.defaultValue(),
        field.required(),
        field.allowed(),
        field.minimum(),
        field.maximum(),
        field.secret(),
        field.since(),
        table);
  }
}
