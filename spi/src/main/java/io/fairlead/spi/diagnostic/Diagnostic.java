package io.fairlead.spi.diagnostic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finding. Its text never holds a secret.
 *
 * @param level how bad it is
 * @param code stable dotted name, {@code area.finding}; one documentation page each
 * @param component the component or section it is about, or null
 * @param field path of the field inside the component, for example {@code endpoints[0].transport},
 *     or null
 * @param message one sentence for a person
 * @param position where in the document, or null
 * @param hint how to go on, or null
 */
public record Diagnostic(
    Level level,
    String code,
    @Nullable String component,
    @Nullable String field,
    String message,
    @Nullable SourcePosition position,
    @Nullable String hint) {

  public Diagnostic {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  /** An error without a place. */
  public static Diagnostic error(String code, @Nullable String component, String message) {
    return new Diagnostic(Level.ERROR, code, component, null, message, null, null);
  }

  /** A warning without a place. */
  public static Diagnostic warning(String code, @Nullable String component, String message) {
    return new Diagnostic(Level.WARNING, code, component, null, message, null, null);
  }

  /** The same finding about a field. */
  public Diagnostic atField(@Nullable String newField) {
    return new Diagnostic(level, code, component, newField, message, position, hint);
  }

  /** The same finding at a place. */
  public Diagnostic at(@Nullable SourcePosition newPosition) {
    return new Diagnostic(level, code, component, field, message, newPosition, hint);
  }

  /** The same finding with advice. */
  public Diagnostic withHint(@Nullable String newHint) {
    return new Diagnostic(level, code, component, field, message, position, newHint);
  }

  /** The same finding at another level. */
  public Diagnostic withLevel(Level newLevel) {
    return new Diagnostic(newLevel, code, component, field, message, position, hint);
  }

  /** Whether it is an error. */
  public boolean isError() {
    return level == Level.ERROR;
  }
}
