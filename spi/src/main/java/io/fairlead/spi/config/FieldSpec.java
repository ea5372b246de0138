package io.fairlead.spi.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a {@link ConfigSpec}. Made by the static factories and refined by the {@code with…}
 * methods; immutable.
 *
 * @param name key in the document: lower case, words joined by underscores
 * @param type what values it takes
 * @param doc one sentence for the reference and for editors
 * @param defaultValue String, Long, BigDecimal, Boolean or List of String as the type has it (a
 *     duration's default is a String), or null when there is none
 * @param required whether the document must give it
 * @param allowed the only values allowed (STRING, and the elements of STRING_LIST); empty: any
 * @param minimum smallest number allowed, or null
 * @param maximum largest number allowed, or null
 * @param secret whether its value must never be shown
 * @param since version of Fairlead that introduced it
 * @param table fields of a TABLE or of each element of a TABLE_LIST, else null
 */
public record FieldSpec(
    String name,
    FieldType type,
    String doc,
    @Nullable Object defaultValue,
    boolean required,
    List<String> allowed,
    @Nullable Long minimum,
    @Nullable Long maximum,
    boolean secret,
    String since,
    @Nullable ConfigSpec table) {

  private static final String FIRST_VERSION = "0.1";

  public FieldSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(doc, "doc");
    allowed = List.copyOf(allowed);
    boolean nested = type == FieldType.TABLE || type == FieldType.TABLE_LIST;
    if (nested != (table != null)) {
      throw new IllegalArgumentException("field '" + name + "': a spec belongs to a table");
    }
  }

  private static FieldSpec of(String name, FieldType type, String doc, @Nullable ConfigSpec table) {
    return new FieldSpec(
        name, type, doc, null, false, List.of(), null, null, false, FIRST_VERSION, table);
  }

  /** A text field. */
  public static FieldSpec string(String name, String doc) {
    return of(name, FieldType.STRING, doc, null);
  }

  /** A whole number. */
  public static FieldSpec integer(String name, String doc) {
    return of(name, FieldType.INTEGER, doc, null);
  }

  /** A truth value. */
  public static FieldSpec bool(String name, String doc) {
    return of(name, FieldType.BOOLEAN, doc, null);
  }

  /** A length of time. */
  public static FieldSpec duration(String name, String doc) {
    return of(name, FieldType.DURATION, doc, null);
  }

  /** A field of any type without nested fields. */
  public static FieldSpec of(String name, FieldType type, String doc) {
    return of(name, type, doc, null);
  }

  /** A nested table. */
  public static FieldSpec table(String name, String doc, ConfigSpec table) {
    return of(name, FieldType.TABLE, doc, table);
  }

  /** An array of tables. */
  public static FieldSpec tables(String name, String doc, ConfigSpec element) {
    return of(name, FieldType.TABLE_LIST, doc, element);
  }

  /** The same field with a default. */
  public FieldSpec withDefault(Object value) {
    return new FieldSpec(
        name, type, doc, value, required, allowed, minimum, maximum, secret, since, table);
  }

  /** The same field, required. */
  public FieldSpec asRequired() {
    return new FieldSpec(
        name, type, doc, defaultValue, true, allowed, minimum, maximum, secret, since, table);
  }

  /** The same field, restricted to some values. */
  public FieldSpec withAllowed(String... values) {
    return new FieldSpec(
        name,
        type,
        doc,
        defaultValue,
        required,
        List.of(values),
        minimum,
        maximum,
        secret,
        since,
        table);
  }

  /** The same field, restricted to a range; both ends belong to it. */
  public FieldSpec withRange(long newMinimum, long newMaximum) {
    return new FieldSpec(
        name,
        type,
        doc,
        defaultValue,
        required,
        allowed,
        newMinimum,
        newMaximum,
        secret,
        since,
        table);
  }

  /** The same field, whose value (or values) must never be shown. */
  public FieldSpec asSecret() {
    return new FieldSpec(
        name, type, doc, defaultValue, required, allowed, minimum, maximum, true, since, table);
  }

  /** The same field with the version that introduced it. */
  public FieldSpec withSince(String version) {
    return new FieldSpec(
        name, type, doc, defaultValue, required, allowed, minimum, maximum, secret, version, table);
  }
}
