package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spreads a JSON payload over attributes, one level deep: {@code prefix.key} for each member of an
 * object, {@code prefix} for anything else. Numbers and truth values keep their type, what is
 * nested becomes compact JSON, null is left out.
 */
final class Flattener {

  private Flattener() {}

  /** Writes one payload. */
  static void flatten(AttributeSheet sheet, String prefix, @Nullable Object value) {
    if (value instanceof JsonTree.Members members) {
      members.forEach((key, member) -> put(sheet, prefix + "." + key, member));
    } else {
      put(sheet, prefix, value);
    }
  }

  private static void put(AttributeSheet sheet, String name, @Nullable Object value) {
    if (value instanceof String text) {
      sheet.text(name, text);
    } else if (value instanceof Boolean bool) {
      sheet.flag(name, bool);
    } else if (value instanceof NumberText number) {
      number(sheet, name, number);
    } else if (value instanceof JsonTree.Members || value instanceof List) {
      sheet.text(name, JsonTree.write(value));
    }
  }

  private static void number(AttributeSheet sheet, String name, NumberText number) {
    Long integer = number.asLong();
    if (integer != null) {
      sheet.integer(name, integer);
    } else if (number.integral()) {
      sheet.text(name, number.text());
    } else {
      sheet.number(name, number.asDouble());
    }
  }
}
