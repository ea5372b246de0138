package io.fairlead.spi.config;

/** What values a field takes. */
public enum FieldType {
  STRING("a string"),
  INTEGER("an integer"),
  DECIMAL("a number"),
  BOOLEAN("a boolean"),
  /**
   * A length of time: an ISO 8601 duration or a number with a unit, {@code 250ms 30s 5m 24h 7d}.
   */
  DURATION("a duration such as \"30s\""),
  STRING_LIST("an array of strings"),
  /** A table whose keys are free and whose values are strings. */
  STRING_MAP("a table of strings"),
  TABLE("a table"),
  TABLE_LIST("an array of tables"),
  /** A table the framework passes on unchecked. */
  ANY_TABLE("a table"),
  /** An integer or a word, for example a port or {@code "auto"}. */
  INTEGER_OR_STRING("an integer or a string");

  private final String description;

  FieldType(String description) {
    this.description = description;
  }

  /** The type in the words of a message. */
  public String description() {
    return description;
  }
}
