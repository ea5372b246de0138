package io.fairlead.spi.config;

import io.fairlead.spi.diagnostic.SourcePosition;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a configuration document, whatever the front end (TOML, YAML, Java), with the place it
 * was written at. Immutable.
 */
public sealed interface ConfigNode {

  /** Where the value stands, or null when it was made by a program. */
  @Nullable SourcePosition position();

  /** The word for the type in messages: {@code a table}, {@code a string}, … */
  String typeName();

  /**
   * A table.
   *
   * @param entries in document order
   * @param position where the table begins, or null
   */
  record Table(Map<String, Entry> entries, @Nullable SourcePosition position)
      implements ConfigNode {

    /** A table without entries and without a place. */
    public static final Table EMPTY = new Table(Map.of(), null);

    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key, or null. */
    public @Nullable ConfigNode get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    @Override
    public String typeName() {
      return "a table";
    }
  }

  /**
   * A key of a table with its value.
   *
   * @param keyPosition where the key stands, or null
   * @param value the value
   */
  record Entry(@Nullable SourcePosition keyPosition, ConfigNode value) {}

  /**
   * An array.
   *
   * @param elements in document order
   * @param position where the array begins, or null
   */
  record Array(List<ConfigNode> elements, @Nullable SourcePosition position) implements ConfigNode {

    public Array {
      elements = List.copyOf(elements);
    }

    @Override
    public String typeName() {
      return "an array";
    }
  }

  /** A string. */
  record Text(String value, @Nullable SourcePosition position) implements ConfigNode {
    @Override
    public String typeName() {
      return "a string";
    }
  }

  /** An integer. */
  record Integer(long value, @Nullable SourcePosition position) implements ConfigNode {
    @Override
    public String typeName() {
      return "an integer";
    }
  }

  /** A number with a fraction or exponent, exactly as written. */
  record Decimal(BigDecimal value, @Nullable SourcePosition position) implements ConfigNode {
    @Override
    public String typeName() {
      return "a number";
    }
  }

  /** A truth value. */
  record Bool(boolean value, @Nullable SourcePosition position) implements ConfigNode {
    @Override
    public String typeName() {
      return "a boolean";
    }
  }

  /** A TOML date, time or date-time, as written; no field takes one. */
  record DateTime(String text, @Nullable SourcePosition position) implements ConfigNode {
    @Override
    public String typeName() {
      return "a date-time";
    }
  }
}
