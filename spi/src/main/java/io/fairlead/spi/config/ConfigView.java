package io.fairlead.spi.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to a table by its spec: the value of the document, else the declared default.
 * Immutable.
 *
 * <p>Asking for a field the spec does not declare is a programming error ({@link
 * IllegalArgumentException}). A value of the wrong type reads as absent, so that a provider's
 * {@code validate} may run on a faulty document: the fault itself has been reported already.
 */
public final class ConfigView {

  private final ConfigSpec spec;
  private final ConfigNode.Table table;

  private ConfigView(ConfigSpec spec, ConfigNode.Table table) {
    this.spec = spec;
    this.table = table;
  }

  /** A view of a table. */
  public static ConfigView of(ConfigSpec spec, ConfigNode.Table table) {
    return new ConfigView(spec, table);
  }

  /** The table behind the view, for positions. */
  public ConfigNode.Table table() {
    return table;
  }

  /** The spec behind the view. */
  public ConfigSpec spec() {
    return spec;
  }

  /** Whether the document gives the field a value of any type. */
  public boolean has(String name) {
    field(name);
    return table.get(name) != null;
  }

  /** A text, its default, or null. */
  public @Nullable String stringOrNull(String name) {
    FieldSpec field = field(name);
    return table.get(name) instanceof ConfigNode.Text text
        ? text.value()
        : (String) field.defaultValue();
  }

  /** A text that has a default or is required. */
  public String string(String name) {
    return present(name, stringOrNull(name));
  }

  /** A secret, or null. */
  public @Nullable Secret secretOrNull(String name) {
    String value = stringOrNull(name);
    return value == null ? null : Secret.of(value);
  }

  /** A whole number, its default, or null. */
  public @Nullable Long integerOrNull(String name) {
    FieldSpec field = field(name);
    if (table.get(name) instanceof ConfigNode.Integer number) {
      return number.value();
    }
    return field.defaultValue() instanceof Number number ? (Long) number.longValue() : null;
  }

  /** A whole number that has a default or is required. */
  public long integer(String name) {
    return present(name, integerOrNull(name));
  }

  /** A number, its default, or null. */
  public @Nullable BigDecimal decimalOrNull(String name) {
    FieldSpec field = field(name);
    ConfigNode node = table.get(name);
    if (node instanceof ConfigNode.Decimal number) {
      return number.value();
    }
    if (node instanceof ConfigNode.Integer number) {
      return BigDecimal.valueOf(number.value());
    }
    return (BigDecimal) field.defaultValue();
  }

  /** A truth value that has a default or is required. */
  public boolean bool(String name) {
    FieldSpec field = field(name);
    return present(
        name,
        table.get(name) instanceof ConfigNode.Bool bool
            ? (Boolean) bool.value()
            : (Boolean) field.defaultValue());
  }

  /** A length of time, its default, or null; text that is no duration reads as the default. */
  public @Nullable Duration durationOrNull(String name) {
    FieldSpec field = field(name);
    Duration given =
        table.get(name) instanceof ConfigNode.Text text ? Durations.parse(text.value()) : null;
    if (given != null) {
      return given;
    }
    return field.defaultValue() instanceof String text ? Durations.parse(text) : null;
  }

  /** A length of time that has a default or is required. */
  public Duration duration(String name) {
    return present(name, durationOrNull(name));
  }

  /** The texts of an array, the default, or an empty list. */
  public List<String> strings(String name) {
    FieldSpec field = field(name);
    if (table.get(name) instanceof ConfigNode.Array array) {
      List<String> values = new ArrayList<>();
      for (ConfigNode element : array.elements()) {
        if (element instanceof ConfigNode.Text text) {
          values.add(text.value());
        }
      }
      return List.copyOf(values);
    }
    if (field.defaultValue() instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return List.of();
  }

  /** The texts of a table with free keys, in document order. */
  public Map<String, String> stringMap(String name) {
    field(name);
    Map<String, String> values = new LinkedHashMap<>();
    if (table.get(name) instanceof ConfigNode.Table given) {
      given
          .entries()
          .forEach(
              (key, entry) -> {
                if (entry.value() instanceof ConfigNode.Text text) {
                  values.put(key, text.value());
                }
              });
    }
    return values;
  }

  /** A nested table, or null when the document has none. */
  public @Nullable ConfigView tableOrNull(String name) {
    ConfigSpec nested = present(name, field(name).table());
    return table.get(name) instanceof ConfigNode.Table given ? of(nested, given) : null;
  }

  /** A nested table; all defaults when the document has none. */
  public ConfigView table(String name) {
    ConfigView given = tableOrNull(name);
    return given != null ? given : of(present(name, field(name).table()), ConfigNode.Table.EMPTY);
  }

  /** The elements of an array of tables. */
  public List<ConfigView> tables(String name) {
    ConfigSpec nested = present(name, field(name).table());
    List<ConfigView> views = new ArrayList<>();
    if (table.get(name) instanceof ConfigNode.Array array) {
      for (ConfigNode element : array.elements()) {
        if (element instanceof ConfigNode.Table given) {
          views.add(of(nested, given));
        }
      }
    }
    return List.copyOf(views);
  }

  /** The value as the document has it, or null. */
  public @Nullable ConfigNode node(String name) {
    field(name);
    return table.get(name);
  }

  private FieldSpec field(String name) {
    FieldSpec field = spec.field(name);
    if (field == null) {
      throw new IllegalArgumentException("the spec declares no field '" + name + "'");
    }
    return field;
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("field '" + name + "' has neither a value nor a default");
    }
    return value;
  }
}
