package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks a table against a spec. Every fault is a finding of its own; no value is ever repeated in
 * a message, so that a secret cannot slip into one.
 */
public final class SpecValidator {

  private final Reporter reporter;
  private final ValueCheck values;

  /** A validator that reports to somebody. */
  public SpecValidator(Reporter reporter) {
    this.reporter = reporter;
    this.values = new ValueCheck(reporter);
  }

  /** Unknown keys first, those of a table sorted, then values in the order of the spec. */
  public void check(ConfigSpec spec, ConfigNode.Table table) {
    unknownFields(spec, table, "");
    values(spec, table, "");
  }

  /** Reports keys the spec does not declare, of this table and of those inside it. */
  public void unknownFields(ConfigSpec spec, ConfigNode.Table table, String path) {
    unknownKeys(names(spec), table, path);
    for (FieldSpec field : spec.fields()) {
      ConfigSpec nested = field.table();
      ConfigNode node = table.get(field.name());
      if (nested == null || nested.fields().isEmpty() || node == null) {
        continue; // tables without declared fields take any
      }
      String here = FieldPath.key(path, field.name());
      if (node instanceof ConfigNode.Table inner && field.type() == FieldType.TABLE) {
        unknownFields(nested, inner, here);
      } else if (node instanceof ConfigNode.Array array && field.type() == FieldType.TABLE_LIST) {
        for (int i = 0; i < array.elements().size(); i++) {
          if (array.elements().get(i) instanceof ConfigNode.Table element) {
            unknownFields(nested, element, FieldPath.element(here, i));
          }
        }
      }
    }
  }

  /** Reports keys of this table alone that are none of some names. */
  public void unknownKeys(List<String> known, ConfigNode.Table table, String path) {
    unknownKeys(known, table, path, null);
  }

  /**
   * Reports keys of this table alone that are none of some names.
   *
   * @param advice the hint for keys that resemble none of the names, or null
   */
  public void unknownKeys(
      List<String> known, ConfigNode.Table table, String path, @Nullable String advice) {
    for (String key : new TreeSet<>(table.entries().keySet())) {
      if (!known.contains(key)) {
        String nearest = Nearest.hint(key, known);
        reporter.unknownField(
            FieldPath.key(path, key),
            entry(table, key).keyPosition(),
            "field '" + key + "' is not recognized for '" + reporter.subject() + "'",
            nearest == null ? advice : nearest);
      }
    }
  }

  /** Reports missing fields, wrong types and values outside what the spec allows. */
  public void values(ConfigSpec spec, ConfigNode.Table table, String path) {
    for (FieldSpec field : spec.fields()) {
      String here = FieldPath.key(path, field.name());
      ConfigNode node = table.get(field.name());
      if (node != null) {
        value(field, node, here);
      } else if (field.required() && field.defaultValue() == null) {
        reporter.invalid(here, table.position(), "field '" + here + "' is required", field.doc());
      }
    }
  }

  private void value(FieldSpec field, ConfigNode node, String path) {
    ConfigSpec nested = field.table();
    if (nested == null) {
      values.check(field, node, path);
    } else if (field.type() == FieldType.TABLE && node instanceof ConfigNode.Table table) {
      values(nested, table, path);
    } else if (field.type() == FieldType.TABLE_LIST && node instanceof ConfigNode.Array array) {
      elements(nested, array, path);
    } else {
      values.wrongType(field.type().description(), node, path);
    }
  }

  private void elements(ConfigSpec spec, ConfigNode.Array array, String path) {
    for (int i = 0; i < array.elements().size(); i++) {
      String here = FieldPath.element(path, i);
      ConfigNode element = array.elements().get(i);
      if (element instanceof ConfigNode.Table table) {
        values(spec, table, here);
      } else {
        values.wrongType("a table", element, here);
      }
    }
  }

  /** The names a spec declares, in its order. */
  public static List<String> names(ConfigSpec spec) {
    List<String> names = new ArrayList<>();
    for (FieldSpec field : spec.fields()) {
      names.add(field.name());
    }
    return names;
  }

  private static ConfigNode.Entry entry(ConfigNode.Table table, String key) {
    Map<String, ConfigNode.Entry> entries = table.entries();
    ConfigNode.Entry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("no key '" + key + "'");
    }
    return entry;
  }
}
