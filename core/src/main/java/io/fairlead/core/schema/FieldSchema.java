package io.fairlead.core.schema;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a table or a field. A text may hold a reference such as {@code ${env:NAME}}, whose
 * value nobody knows yet; so wherever a text is restricted, one with a reference is allowed too.
 */
final class FieldSchema {

  private static final String REFERENCE = "\\$\\{[a-z][a-z0-9_]*:";

  private static final String DURATION =
      "^\\s*[0-9]+\\s*(ms|s|m|h|d)\\s*$|^\\s*\\+?[Pp]|" + REFERENCE;

  private FieldSchema() {}

  /** A table with these fields and no others. */
  static Map<String, Object> table(ConfigSpec spec) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      properties.put(field.name(), field(field));
      if (field.required() && field.defaultValue() == null) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = type("object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> field(FieldSpec field) {
    Map<String, Object> schema = value(field);
    schema.put("description", field.doc());
    Object value = field.defaultValue();
    if (field.secret()) {
      schema.put("writeOnly", true);
    } else if (value != null) {
      schema.put("default", value);
    }
    schema.put("$comment", "since " + field.since());
    return schema;
  }

  private static Map<String, Object> value(FieldSpec field) {
    ConfigSpec nested = field.table();
    return switch (field.type()) {
      case STRING -> text(field.allowed());
      case DURATION -> with(type("string"), "pattern", DURATION);
      case INTEGER -> range(type("integer"), field);
      case DECIMAL -> range(type("number"), field);
      case BOOLEAN -> type("boolean");
      case STRING_LIST -> with(type("array"), "items", text(field.allowed()));
      case STRING_MAP -> with(type("object"), "additionalProperties", type("string"));
      case TABLE -> nested(nested);
      case TABLE_LIST -> with(type("array"), "items", nested(nested));
      case ANY_TABLE -> type("object");
      case INTEGER_OR_STRING ->
          range(with(new LinkedHashMap<>(), "type", List.of("integer", "string")), field);
    };
  }

  /** A table nothing is declared of is passed on as it is. */
  private static Map<String, Object> nested(@Nullable ConfigSpec spec) {
    return spec == null || spec.fields().isEmpty() ? type("object") : table(spec);
  }

  private static Map<String, Object> text(List<String> allowed) {
    Map<String, Object> schema = type("string");
    if (!allowed.isEmpty()) {
      schema.put("anyOf", List.of(Map.of("enum", allowed), Map.of("pattern", REFERENCE)));
    }
    return schema;
  }

  private static Map<String, Object> range(Map<String, Object> schema, FieldSpec field) {
    Long minimum = field.minimum();
    Long maximum = field.maximum();
    if (minimum != null) {
      schema.put("minimum", minimum);
    }
    if (maximum != null && maximum != Long.MAX_VALUE) {
      schema.put("maximum", maximum);
    }
    return schema;
  }

  static Map<String, Object> type(String name) {
    return with(new LinkedHashMap<>(), "type", name);
  }

  static Map<String, Object> with(Map<String, Object> schema, String key, Object value) {
    schema.put(key, value);
    return schema;
  }
}
