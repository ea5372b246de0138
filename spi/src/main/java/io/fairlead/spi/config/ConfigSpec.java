package io.fairlead.spi.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields a table may have. One declaration drives validation, defaults, hints, the reference
 * manual, the JSON Schema and the redacted print-out. Immutable.
 */
public final class ConfigSpec {

  /** A table without fields. */
  public static final ConfigSpec EMPTY = of();

  private final Map<String, FieldSpec> fields;

  private ConfigSpec(Map<String, FieldSpec> fields) {
    this.fields = fields;
  }

  /** A spec of these fields, documented in this order. Names must differ. */
  public static ConfigSpec of(FieldSpec... fields) {
    return of(List.of(fields));
  }

  /** A spec of these fields, documented in this order. Names must differ. */
  public static ConfigSpec of(List<FieldSpec> fields) {
    Map<String, FieldSpec> byName = new LinkedHashMap<>();
    for (FieldSpec field : fields) {
      if (byName.put(field.name(), field) != null) {
        throw new IllegalArgumentException("field '" + field.name() + "' is declared twice");
      }
    }
    return new ConfigSpec(byName);
  }

  /** The fields in declaration order. */
  public List<FieldSpec> fields() {
    return List.copyOf(fields.values());
  }

  /** The field of a name, or null. */
  public @Nullable FieldSpec field(String name) {
    return fields.get(name);
  }
}
